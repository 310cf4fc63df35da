package dev.millrace.api.schedules;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A change that stands, and that no scheduler has confirmed yet; {@code confirmed} is false. */
@RegisterForReflection
public record PendingSchedule(String id, boolean confirmed) {

    static PendingSchedule of(String id) {
        return new PendingSchedule(id, false);
    }
}
