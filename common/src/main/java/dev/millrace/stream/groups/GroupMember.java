package dev.millrace.stream.groups;

import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A process as the member of a group that reads several streams.
 *
 * @param links makes a connection for each consumer, since consumers block
 * @param calls a connection for calls that do not block
 * @param name of this process, which no other has and none had before
 * @param quarantine for entries that it can never deal with
 */
public record GroupMember(
        Supplier<RedisLink> links,
        RedisLink calls,
        StreamNames names,
        String group,
        String name,
        InstantSource clock,
        Quarantine quarantine) {

    private static final Duration ABANDONED = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);
    private static final long KEEP_BYTES = 64L << 20;

    /** Of at most {@code size} entries a batch. Takes over what another member has not finished for 30 seconds. */
    public <T> StreamConsumer<T> consumer(String stream, int size, Function<StreamEntry, Reading<T>> codec) {
        return consumer(stream, size, ABANDONED, codec);
    }

    /**
     * A consumer that has not touched Redis yet.
     *
     * @param size of a batch, at most, in entries
     * @param abandoned entries are taken over that another member has held for so long
     * @param codec of an entry; what it refuses goes to quarantine
     */
    public <T> StreamConsumer<T> consumer(
            String stream, int size, Duration abandoned, Function<StreamEntry, Reading<T>> codec) {
        return new StreamConsumer<>(this, stream, size, abandoned, codec);
    }

    /** Keeps what is acknowledged on a stream for an hour, and 64 MiB of it at most. */
    public StreamUpkeep upkeep(String stream) {
        return upkeep(stream, KEEP, KEEP_BYTES);
    }

    /** Keeps what is acknowledged on a stream for so long, and 64 MiB of it at most. */
    public StreamUpkeep upkeep(String stream, Duration keep) {
        return upkeep(stream, keep, KEEP_BYTES);
    }

    /** Keeps what is acknowledged on a stream for so long, and so many bytes of it at most. */
    public StreamUpkeep upkeep(String stream, Duration keep, long keepBytes) {
        return new StreamUpkeep(
                new StreamTrim(calls, stream, group),
                new SilentConsumers(calls, names, stream, group),
                keep,
                keepBytes);
    }

    /** The same process as a member of another group. */
    public GroupMember of(String other) {
        return new GroupMember(links, calls, names, other, name, clock, quarantine);
    }

    /** The same member, with another quarantine. */
    public GroupMember with(Quarantine other) {
        return new GroupMember(links, calls, names, group, name, clock, other);
    }
}
