package dev.millrace.stream.entries;

import dev.millrace.job.EntryId;

/** An entry's place, unique among the lanes of a shard. */
public record EntryKey(Lane lane, EntryId entry) {

    public static EntryKey of(Delivery delivery) {
        return new EntryKey(delivery.lane(), delivery.entry());
    }
}
