package dev.millrace.proving.checker.history;

import java.util.Set;

/** The five ends of a job. */
public final class Ends {

    private static final Set<String> ALL = Set.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED");

    private Ends() {}

    /** Whether a state, as it is written in a history, is one of them. */
    public static boolean is(String state) {
        return ALL.contains(state);
    }
}
