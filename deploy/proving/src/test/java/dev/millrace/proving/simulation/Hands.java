package dev.millrace.proving.simulation;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a worker holds; an entry in hand is not taken a second time. */
final class Hands {

    private final Map<EntryKey, Hand> held = new LinkedHashMap<>();

    /** One delivery: it waits, runs, or is decided and not yet told. */
    static final class Hand {
        private static final Object BACK = new Object();

        final Delivery delivery;
        final long taken;
        boolean cancelled;
        long begun = -1;
        long over = Long.MAX_VALUE;

        @Nullable
        Object settlement;

        private boolean lost;

        Hand(Delivery delivery, long taken) {
            this.delivery = delivery;
            this.taken = taken;
        }

        boolean waits() {
            return begun < 0 && settlement == null;
        }

        boolean runs() {
            return begun >= 0 && settlement == null;
        }

        void settle(Object how) {
            settlement = how;
        }

        void handBack() {
            settlement = BACK;
        }
    }

    /** Empty if it is in hand already. */
    Optional<Hand> add(Delivery delivery, long now) {
        Hand hand = new Hand(delivery, now);
        return held.putIfAbsent(EntryKey.of(delivery), hand) == null ? Optional.of(hand) : Optional.empty();
    }

    /** What waits is forgotten; what runs goes on, and is not renewed. */
    void lose(EntryKey key) {
        Hand hand = held.get(key);
        if (hand != null && hand.waits()) {
            held.remove(key);
        } else if (hand != null) {
            hand.lost = true;
        }
    }

    void drop(Hand hand) {
        held.remove(EntryKey.of(hand.delivery));
    }

    Optional<Hand> find(EntryKey key) {
        return Optional.ofNullable(held.get(key));
    }

    List<Delivery> deliveries() {
        return held.values().stream()
                .filter(hand -> !hand.lost)
                .map(hand -> hand.delivery)
                .toList();
    }

    List<Hand> waiting() {
        return held.values().stream().filter(Hand::waits).toList();
    }

    List<Hand> running() {
        return held.values().stream().filter(Hand::runs).toList();
    }

    List<Hand> decided() {
        return held.values().stream().filter(hand -> hand.settlement != null).toList();
    }

    Set<EntryKey> keys() {
        return Set.copyOf(held.keySet());
    }

    int size() {
        return held.size();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
