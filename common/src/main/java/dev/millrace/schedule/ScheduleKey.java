package dev.millrace.schedule;

import java.util.regex.Pattern;

/**
 * Names a schedule: an id of its tenant's own.
 *
 * @param tenant 1 to 128 characters of A-Z a-z 0-9 . _ : -
 * @param id the same
 */
public record ScheduleKey(String tenant, String id) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public ScheduleKey {
        check("tenant's name", tenant);
        check("schedule's id", id);
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A %s has 1 to 128 characters of A-Z a-z 0-9 . _ : -, which this one has not.".formatted(what));
        }
    }

    /** Both in one, as {@link Fire#schedule} has it: no other key reads the same, since names hold no slash. */
    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
