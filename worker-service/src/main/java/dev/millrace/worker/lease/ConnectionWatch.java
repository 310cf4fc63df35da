package dev.millrace.worker.lease;

import dev.millrace.stream.jobs.Connections;
import dev.millrace.stream.jobs.Connections.Connection;
import dev.millrace.stream.jobs.Connections.Look;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds workers whose process has died, by their connections, and lets their leases lapse: what they held is then taken over
 * seconds after their death. Who has lost its connection for a moment has registered another within the second that it is
 * given; if it has not, a run is repeated that need not have been.
 *
 * <p>It doubts itself first. Whatever closed the connections of others may have closed its own too, and they may be slower
 * to come back: so it judges nobody before it has looked by one connection, in one life of Redis, for two thirds of a
 * lease. By then whoever lives has registered anew or is itself in doubt.
 */
public final class ConnectionWatch {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(ConnectionWatch.class);

    private final Connections connections;
    private final LeaseSettings settings;
    private final LeaseMeters meters;
    private final Time time;
    private @Nullable Connection own;
    private long ownNanos;
    private List<Registered> missed = List.of();

    public ConnectionWatch(Connections connections, LeaseSettings settings, LeaseMeters meters, Time time) {
        this.connections = connections;
        this.settings = settings;
        this.meters = meters;
        this.time = time;
    }

    /** Lapses the leases of those whom the look before missed; then {@code lapsed} is run, since there is something to take over. */
    public Duration lookOnce(Runnable lapsed) {
        Look look = connections.look();
        List<Registered> before = missed;
        missed = List.of();
        if (isSure(look.own())) {
            missed = look.others().stream()
                    .filter(worker -> !worker.open() && !before.contains(worker))
                    .toList();
            lapse(before, lapsed);
        }
        return LOOK;
    }

    private void lapse(List<Registered> gone, Runnable lapsed) {
        if (!gone.isEmpty()) {
            gone.forEach(this::lapse);
            lapsed.run();
        }
    }

    private boolean isSure(Connection now) {
        if (!now.equals(own)) {
            own = now;
            ownNanos = time.reading();
        }
        return time.passed(settings.inDoubt(), ownNanos);
    }

    private void lapse(Registered gone) {
        if (connections.lapse(gone, LOOK, settings.lease())) {
            meters.foundDead();
            LOG.infof(
                    "Worker %s has lost its connection to Redis for a second: its jobs are taken over.", gone.worker());
        }
    }
}
