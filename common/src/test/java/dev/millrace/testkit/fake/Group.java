package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A consumer group: how far it has read, what is pending for whom, and when its consumers last asked. */
final class Group {

    /** An entry that was given to a consumer and is not acknowledged. */
    record Given(String consumer, long atMillis, int delivery) {}

    private EntryId last;
    private final TreeMap<EntryId, Given> pending = new TreeMap<>();
    private final TreeMap<String, Long> consumers = new TreeMap<>();

    Group(EntryId last) {
        this.last = last;
    }

    Group copy() {
        Group copy = new Group(last);
        copy.pending.putAll(pending);
        copy.consumers.putAll(consumers);
        return copy;
    }

    EntryId last() {
        return last;
    }

    NavigableMap<EntryId, Given> pending() {
        return pending;
    }

    Map<String, Long> consumers() {
        return consumers;
    }

    @Nullable
    Given given(EntryId entry) {
        return pending.get(entry);
    }

    void seen(String consumer, long now) {
        consumers.put(consumer, now);
    }

    /** Gives an entry that lies behind all that were given before. */
    void give(EntryId entry, String consumer, long now) {
        last = entry;
        pending.put(entry, new Given(consumer, now, 1));
    }

    /** As XCLAIM without a least idle time; {@code counted} unless JUSTID. */
    void claim(EntryId entry, String consumer, long now, boolean counted) {
        Given before = pending.get(entry);
        if (before != null) {
            seen(consumer, now);
            pending.put(entry, new Given(consumer, now, before.delivery() + (counted ? 1 : 0)));
        }
    }

    void age(EntryId entry, long at) {
        pending.computeIfPresent(entry, (id, given) -> new Given(given.consumer(), at, given.delivery()));
    }

    void acknowledge(EntryId entry) {
        pending.remove(entry);
    }

    /** Up to {@code most} that were given so long ago, the oldest first; of all consumers if {@code consumer} is null. */
    List<Map.Entry<EntryId, Given>> idle(long now, long millis, @Nullable String consumer, int most) {
        List<Map.Entry<EntryId, Given>> idle = new ArrayList<>();
        for (Map.Entry<EntryId, Given> one : pending.entrySet()) {
            boolean wanted = consumer == null || consumer.equals(one.getValue().consumer());
            if (wanted && now - one.getValue().atMillis() >= millis && idle.size() < most) {
                idle.add(Map.entry(one.getKey(), one.getValue()));
            }
        }
        return idle;
    }

    boolean holdsFor(String consumer) {
        return pending.values().stream().anyMatch(given -> given.consumer().equals(consumer));
    }

    void forget(String consumer) {
        consumers.remove(consumer);
        pending.values().removeIf(given -> given.consumer().equals(consumer));
    }
}
