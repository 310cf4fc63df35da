package dev.millrace.schedule;

import dev.millrace.names.Names;

/**
 * Names a schedule: an id of its tenant's own.
 *
 * @param tenant 1 to 128 characters of A-Z a-z 0-9 . _ : -
 * @param id the same
 */
public record ScheduleKey(String tenant, String id) {

    public ScheduleKey {
        Names.check("A tenant's name", tenant);
        Names.check("A schedule's id", id);
    }

    /** Both in one, as {@link Fire#schedule} has it: no other key reads the same, since names hold no slash. */
    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
