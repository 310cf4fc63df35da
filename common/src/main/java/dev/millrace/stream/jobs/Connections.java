package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * Finds workers whose process has died, by the connection that each renews its lease on: Redis closes it at once. Where Redis
 * does not tell of connections nobody registers and nobody is found, and leases decide alone.
 */
public interface Connections {

    /**
     * A connection of a client, as Redis numbers them in one of its lives.
     *
     * @param epoch of that life
     */
    record Connection(int epoch, long number) {}

    /** A worker, the connection by which it lives, and whether Redis still has that. */
    record Registered(String worker, Connection connection, boolean open) {}

    /** Who else is registered in this life of Redis; {@code own} is the connection by which the look was made. */
    record Look(Connection own, List<Registered> others) {}

    /**
     * Says that this worker lives by the connection on which this call travels, and serves these queues. Does not renew its
     * lease. Returns whether that is known now; false while the worker has no lease.
     */
    boolean register(List<QueueName> queues);

    /** Whether the connection that was registered last was lost since; true once for each that was. */
    boolean lostConnection();

    Look look();

    /**
     * Lets the lease of a worker run out at once if it is still registered by this connection: what it holds of bands may be
     * reclaimed, after which its results are refused. Returns whether it was. After a lost reply the same call answers false.
     *
     * @param moment within which what was given to the worker or renewed is left to its lease; a worker starts without asking
     *     what it was given in the last second
     * @param lease for which the rest is to look forsaken
     */
    boolean lapse(Registered gone, Duration moment, Duration lease);
}
