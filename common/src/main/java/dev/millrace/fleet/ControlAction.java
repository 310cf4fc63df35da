package dev.millrace.fleet;

import dev.millrace.job.QueueName;
import dev.millrace.names.Labelled;
import java.util.Optional;

/**
 * What a process can be asked to do. All are immutable, and wrong ones cannot be made: constructors throw
 * {@link IllegalArgumentException} with the rule and the value.
 */
public sealed interface ControlAction {

    /** The most jobs of one queue that a worker can be told to run at once. */
    int MOST_SLOTS = 1_000;

    /** Only the reply is wanted. */
    record Ping() implements ControlAction {}

    /** To take no more jobs, until {@link Resume}; what runs goes on. */
    record Drain() implements ControlAction {}

    /** To take jobs again. */
    record Resume() implements ControlAction {}

    /** To stop as on SIGTERM, and exit with 0. */
    record Shutdown() implements ControlAction {}

    /**
     * To run more or fewer jobs at once, until the process ends.
     *
     * @param number of slots, 1 to {@link #MOST_SLOTS}: by how many, or how many there are to be
     * @param queue whose slots are meant; empty for those of each queue
     */
    record Pool(PoolChange change, int number, Optional<QueueName> queue) implements ControlAction {

        public Pool {
            if (number < 1 || number > MOST_SLOTS) {
                throw new IllegalArgumentException("A number of slots is 1 to " + MOST_SLOTS + ", not " + number + ".");
            }
        }

        /** How many there are to be where there are so many now; may be a number that no queue can have. */
        public int of(int now) {
            return switch (change) {
                case GROW -> now + number;
                case SHRINK -> now - number;
                case SET -> number;
            };
        }
    }

    /** What a number of slots does to those that there are. */
    enum PoolChange implements Labelled {
        GROW,
        SHRINK,
        SET
    }

    /** To take jobs of one more queue, until the process ends. */
    record Serve(QueueName queue) implements ControlAction {}

    /** To take no more jobs of a queue, until {@link Serve}; what runs goes on, and what waits goes back. */
    record Leave(QueueName queue) implements ControlAction {}
}
