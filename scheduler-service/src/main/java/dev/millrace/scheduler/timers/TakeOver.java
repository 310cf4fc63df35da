package dev.millrace.scheduler.timers;

import dev.millrace.job.EntryId;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Holds what schedulers that died were given, and removes their names. */
public final class TakeOver {

    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(TakeOver.class);

    private final TimerStreams streams;
    private final TimerSettings settings;
    private final TimerMeters meters;
    private final Runnable heldSome;

    /**
     * Takes nothing yet.
     *
     * @param heldSome called after each hold that made a timer
     */
    public TakeOver(TimerStreams streams, TimerSettings settings, TimerMeters meters, Runnable heldSome) {
        this.streams = streams;
        this.settings = settings;
        this.meters = meters;
        this.heldSome = heldSome;
    }

    /** Holds one batch, and looks again at once if there may be more; else after a sixth of the take-over time. */
    public Duration takeOverOnce() {
        List<EntryId> abandoned = streams.abandoned(settings.batch(), settings.takeOver());
        int held = streams.hold(abandoned);
        tell(held);
        streams.forgetSilent(SILENCE);
        return abandoned.size() < settings.batch() ? settings.takeOver().dividedBy(6) : Duration.ZERO;
    }

    private void tell(int held) {
        meters.held(held);
        if (held > 0) {
            LOG.infof("Took over %d jobs that another scheduler was given and did not hold.", held);
            heldSome.run();
        }
    }
}
