package dev.millrace.schedule;

import dev.millrace.names.Labelled;
import java.time.Instant;

/**
 * A schedule as the schedulers have it.
 *
 * @param generation of this key: greater than that of any schedule that had the key before
 * @param version grows with each change of the content, over generations too
 * @param createdAt by the schedulers' PostgreSQL, as {@code updatedAt}
 */
public record Schedule(
        ScheduleKey key,
        long generation,
        long version,
        Source source,
        ScheduleContent content,
        Instant createdAt,
        Instant updatedAt) {

    /** Who may change it. */
    public enum Source implements Labelled {
        /** Clients. */
        API,

        /** The schedulers' configuration, and nothing else. */
        CONFIGURATION;

        /**
         * The source that has this label.
         *
         * @throws IllegalArgumentException if none has
         */
        public static Source ofLabel(String label) {
            return Labelled.of(values(), "source", label);
        }
    }
}
