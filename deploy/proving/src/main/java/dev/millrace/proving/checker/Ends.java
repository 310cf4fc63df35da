package dev.millrace.proving.checker;

import java.util.Set;

/** The five ends of a job. */
final class Ends {

    private static final Set<String> ALL = Set.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED");

    private Ends() {}

    static boolean is(String state) {
        return ALL.contains(state);
    }
}
