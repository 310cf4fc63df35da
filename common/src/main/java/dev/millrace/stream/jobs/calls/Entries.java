package dev.millrace.stream.jobs.calls;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.redis.Replies;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads the entries that functions answer with. */
final class Entries {

    private static final Logger LOG = Logger.getLogger(Entries.class);

    private Entries() {}

    /**
     * Reads admitted entries, each of which is its lane's number, its id, its fields and what else tells its delivery.
     *
     * @param delivery how often this one was given to a worker
     */
    static List<Delivery> of(Response taken, List<Lane> lanes, Function<Response, Integer> delivery) {
        List<Delivery> deliveries = new ArrayList<>(taken.size());
        for (Response entry : taken) {
            Lane lane = lanes.get(entry.get(0).toInteger() - 1);
            EntryId id = EntryId.parse(entry.get(1).toString());
            read(lane, id, delivery.apply(entry), Replies.fields(entry.get(2))).ifPresent(deliveries::add);
        }
        return deliveries;
    }

    /** Reads what may be anything; empty if it cannot be read. */
    static Optional<Delivery> readable(Lane lane, EntryId id, int delivery, Map<String, String> fields) {
        try {
            return Optional.of(EntryCodec.delivery(lane, id, delivery, fields));
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /** Should the functions ever admit what cannot be read here, it costs itself and not its neighbours. */
    static Optional<Delivery> read(Lane lane, EntryId id, int delivery, Map<String, String> fields) {
        try {
            return Optional.of(EntryCodec.delivery(lane, id, delivery, fields));
        } catch (IllegalArgumentException unreadable) {
            LOG.errorf(unreadable, "Entry %s of %s was admitted and cannot be read; it stays pending here.", id, lane);
            return Optional.empty();
        }
    }

    /** Reads the numbers, from 1, of entries that were named in a call. */
    static Set<EntryKey> keys(Response numbers, List<Delivery> entries) {
        Set<EntryKey> keys = new HashSet<>();
        numbers.forEach(number -> keys.add(EntryKey.of(entries.get(number.toInteger() - 1))));
        return keys;
    }
}
