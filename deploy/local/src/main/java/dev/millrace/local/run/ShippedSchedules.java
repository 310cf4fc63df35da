package dev.millrace.local.run;

import java.util.List;

/** The schedules that schedulers bring along, on a platform that is measured or put to the proof. */
public final class ShippedSchedules {

    // Not by the environment, in which a dash and a dot are one character.
    private static final String PAUSED = "-Dmillrace.schedules.maintenance-retention.paused=true";

    private ShippedSchedules() {}

    /** Options of a role under which no job is made that nobody asked for. */
    public static List<String> paused(Role role) {
        return switch (role) {
            case SCHEDULER -> List.of(PAUSED);
            case API, WORKER -> List.of();
        };
    }
}
