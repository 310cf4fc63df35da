package dev.millrace.schedule;

/**
 * What becomes of ticks that nobody fired in time, since no scheduler ran or the schedule's database was away. Whatever
 * the policy, the ones that fire are the latest ones, in their order.
 */
public sealed interface Misfire {

    /** How many ticks are caught up at most. */
    int most();

    /** The latest missed tick fires, for all of them: the choice for jobs that bring something up to date. */
    record FireOnce() implements Misfire {
        @Override
        public int most() {
            return 1;
        }
    }

    /** None fires: the choice for jobs that are worth nothing later. */
    record Skip() implements Misfire {
        @Override
        public int most() {
            return 0;
        }
    }

    /**
     * Each fires: the choice for jobs that do the work of their own hour.
     *
     * @param most of the latest; what is older is worth least, and the next outage finds the queue empty again. 1 to
     *     {@link #LIMIT}
     */
    record FireAll(int most) implements Misfire {

        public static final int LIMIT = 10_000;

        public FireAll {
            if (most < 1 || most > LIMIT) {
                throw new IllegalArgumentException(
                        "The max of fireAll must be 1 to %d, not %d.".formatted(LIMIT, most));
            }
        }
    }
}
