package dev.millrace.proving.chaos.scenario;

import java.util.OptionalInt;

/**
 * How long a scenario is.
 *
 * @param chosen number of jobs, instead of the scenario's own
 * @param small as in the test of everything, instead of in full
 */
public record Size(OptionalInt chosen, boolean small) {

    public static final Size FULL = new Size(OptionalInt.empty(), false);
    public static final Size SMALL = new Size(OptionalInt.empty(), true);

    /** The number of jobs. */
    int jobs(int full, int smaller) {
        return chosen.orElse(pick(full, smaller));
    }

    /** A number that nobody chooses. */
    int pick(int full, int smaller) {
        return small ? smaller : full;
    }
}
