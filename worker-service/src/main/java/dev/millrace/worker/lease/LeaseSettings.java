package dev.millrace.worker.lease;

import java.time.Duration;

/**
 * How long a worker may be silent.
 *
 * @param lease after which others take its jobs over; at least three times {@code renew}
 * @param renew between two renewals
 * @param reclaim between two looks for abandoned jobs, each half longer or shorter by chance
 * @param watchConnections whether a worker whose connection is gone is taken for dead before its lease has run out
 */
public record LeaseSettings(Duration lease, Duration renew, Duration reclaim, boolean watchConnections) {

    public LeaseSettings {
        if (lease.compareTo(renew.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "millrace.worker.lease (%s) must be at least three times millrace.worker.renew (%s)."
                            .formatted(lease, renew));
        }
        if (!renew.isPositive() || !reclaim.isPositive()) {
            throw new IllegalArgumentException(
                    "millrace.worker.renew (%s) and millrace.worker.sweep (%s) must be longer than nothing."
                            .formatted(renew, reclaim));
        }
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException with the keys and the rule, if they make no sense together
     */
    public static LeaseSettings of(LeaseConfig config) {
        return new LeaseSettings(config.lease(), config.renew(), config.sweep(), config.watchConnections());
    }

    /** After this time without a renewal others may soon take over: two thirds of a lease. */
    Duration inDoubt() {
        return lease.multipliedBy(2).dividedBy(3);
    }

    /** An entry that was idle for so long, one third of a lease, has missed a renewal: it is not known here. */
    Duration stray() {
        return lease.dividedBy(3);
    }
}
