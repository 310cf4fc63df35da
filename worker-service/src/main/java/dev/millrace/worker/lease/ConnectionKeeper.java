package dev.millrace.worker.lease;

import dev.millrace.stream.jobs.Connections;
import dev.millrace.time.Time;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;

/**
 * Says by which connection this worker lives: the one on which it renews its lease. It does so as often as it renews, and
 * within a quarter of a second after that connection was lost, which is sooner than others take the loss for a death.
 */
public final class ConnectionKeeper {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Connections connections;
    private final WorkQueues queues;
    private final LeaseSettings settings;
    private final Time time;
    private boolean known;
    private long knownNanos;

    /** Speaks over the connection of these, which must be that of the renewals. */
    public ConnectionKeeper(Connections connections, WorkQueues queues, LeaseSettings settings, Time time) {
        this.connections = connections;
        this.queues = queues;
        this.settings = settings;
        this.time = time;
    }

    public Duration keepOnce() {
        known &= !connections.lostConnection() && !time.passed(settings.renew(), knownNanos);
        if (!known) {
            knownNanos = time.reading();
            known = connections.register(queues.names());
        }
        return LOOK;
    }
}
