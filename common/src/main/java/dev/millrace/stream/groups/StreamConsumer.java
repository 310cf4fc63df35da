package dev.millrace.stream.groups;

import dev.millrace.batch.Halving;
import dev.millrace.batch.Unprocessable;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Consumes a stream as one member of a group, batch by batch. An entry is acknowledged once its batch was dealt with, and
 * never before: a batch stays in hand until then, so that a handler that fails is given the same again, and when the process
 * dies another member takes it over. So each entry is dealt with at least once, and sometimes twice.
 *
 * <p>An entry that the codec refuses, or the handler as {@link Unprocessable}, goes to quarantine, and its neighbours go on.
 * For one thread.
 */
public final class StreamConsumer<T> {

    private static final Logger LOG = Logger.getLogger(StreamConsumer.class);
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(5);

    private final String stream;
    private final int size;
    private final Duration abandoned;
    private final Function<StreamEntry, Reading<T>> codec;
    private final GroupReader reader;
    private final InstantSource clock;
    private final Quarantine quarantine;
    private List<StreamEntry> inHand = List.of();
    private @Nullable List<Item<T>> readable;
    private Instant nextClaim = Instant.MIN;

    StreamConsumer(
            GroupMember member, String stream, int size, Duration abandoned, Function<StreamEntry, Reading<T>> codec) {
        this.stream = stream;
        this.size = size;
        this.abandoned = abandoned;
        this.codec = codec;
        this.reader = new GroupReader(member.links().get(), stream, member.group(), member.name());
        this.clock = member.clock();
        this.quarantine = member.quarantine();
    }

    /** An entry that was understood. */
    private record Item<T>(StreamEntry entry, T value) {}

    /**
     * Has the next batch dealt with, and acknowledges it. Waits up to a second for one. Whatever the handler throws but
     * {@link Unprocessable} is thrown on, and the next call gives it the same batch.
     *
     * @param handler deals with all that it is given, or with nothing; returns after its commit. Of a batch that it refuses
     *     it is given the halves
     * @return how long to pause before the next call: not at all
     */
    public Duration consumeOnce(Consumer<List<T>> handler) {
        Halving.run(
                items(),
                Unprocessable.class,
                items -> handler.accept(values(items)),
                (item, why) -> putAside(List.of(new Unreadable(item.entry(), String.valueOf(why.getMessage())))));
        done();
        return Duration.ZERO;
    }

    /**
     * What could be read of the batch in hand or else of the next one, which is what another member left behind or what comes
     * within a second. Empty if nothing came, or nothing of it could be read. Stays in hand until {@link #done}.
     */
    public List<T> batch() {
        return values(items());
    }

    /** Acknowledges the batch in hand. */
    public void done() {
        reader.acknowledge(inHand.stream().map(StreamEntry::id).toList());
        acknowledged();
    }

    /** Lets go of the batch in hand, which was acknowledged by other means. */
    public void acknowledged() {
        inHand = List.of();
        readable = null;
    }

    private List<Item<T>> items() {
        if (inHand.isEmpty()) {
            inHand = next();
            readable = null;
        }
        List<Item<T>> items = readable;
        if (items == null) {
            items = read(inHand);
            readable = items;
        }
        return items;
    }

    private List<StreamEntry> next() {
        Instant now = clock.instant();
        if (now.isBefore(nextClaim)) {
            return reader.read(size, BLOCK);
        }
        List<StreamEntry> left = reader.claim(size, abandoned);
        if (!left.isEmpty()) {
            LOG.infof("Took over %d entries of the stream %s that another did not finish.", left.size(), stream);
            return left;
        }
        nextClaim = now.plus(BETWEEN_CLAIMS);
        return reader.read(size, BLOCK);
    }

    private List<Item<T>> read(List<StreamEntry> entries) {
        List<Item<T>> good = new ArrayList<>(entries.size());
        List<Unreadable> bad = new ArrayList<>();
        for (StreamEntry entry : entries) {
            switch (codec.apply(entry)) {
                case Reading.Understood<T>(T value) -> good.add(new Item<>(entry, value));
                case Reading.Refused<T>(String why) -> bad.add(new Unreadable(entry, why));
            }
        }
        putAside(bad);
        return good;
    }

    private void putAside(List<Unreadable> bad) {
        if (bad.isEmpty()) {
            return;
        }
        quarantine.keep(stream, bad);
        Unreadable first = bad.getFirst();
        LOG.warnf(
                "%d entries of the stream %s cannot be used and are in quarantine, from %s on. %s",
                bad.size(), stream, first.entry().id(), first.why());
    }

    private static <T> List<T> values(List<Item<T>> items) {
        return items.stream().map(Item::value).toList();
    }
}
