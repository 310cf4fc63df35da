package dev.millrace.scheduler;

import dev.millrace.fleet.ControlAction;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.scheduler.timers.HoldDelays;
import dev.millrace.scheduler.timers.ReleaseTimers;
import dev.millrace.scheduler.timers.TakeOver;
import dev.millrace.scheduler.timers.TimerMeters;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.ControlReader.Obeyed;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One scheduler: its parts, and the loops that turn them. Runs from {@link #start} until {@link #stop}; nothing of it
 * touches Redis before. Any number may run; one that dies loses nothing, and the others go on at once with all but what it
 * was given in its last moment, which they take over.
 */
public final class Scheduler {

    private static final Duration RETRY = Duration.ofMillis(500);

    /** Longer than a read of the delays waits: an interrupted one might be given a job in its last moment. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final Logger LOG = Logger.getLogger(Scheduler.class);

    private final Dependencies dependencies;
    private final HoldDelays hold;
    private final ReleaseTimers release;
    private final TakeOver takeOver;
    private final StreamsWatch watch;
    private final Loops loops;
    private volatile @Nullable Loop releasing;
    private volatile boolean stopping;

    /**
     * How a scheduler is tied to the world.
     *
     * @param id of this process, never used again
     * @param streams makes an independent way to Redis for each loop
     * @param control reads what operators ask of this scheduler
     * @param nanos a monotonic reading
     */
    public record Dependencies(
            String id, StreamsFactory streams, ControlReader control, LongSupplier nanos, MeterRegistry meters) {}

    /** Makes streams with connections of their own, for this scheduler as consumer. */
    @FunctionalInterface
    public interface StreamsFactory {
        TimerStreams make();
    }

    public Scheduler(TimerSettings settings, Dependencies dependencies) {
        TimerMeters meters = new TimerMeters(dependencies.meters());
        this.dependencies = dependencies;
        this.loops = new Loops(dependencies.meters(), dependencies.nanos(), RETRY);
        this.hold = new HoldDelays(dependencies.streams().make(), settings.batch(), meters, this::lookForDue);
        this.release = new ReleaseTimers(dependencies.streams().make(), settings.batch(), settings.look(), meters);
        this.takeOver = new TakeOver(dependencies.streams().make(), settings, meters, this::lookForDue);
        this.watch = new StreamsWatch(dependencies.streams().make(), meters);
    }

    public String id() {
        return dependencies.id();
    }

    public void start() {
        loops.start("streams", watch::lookOnce);
        releasing = loops.start("release", release::releaseOnce);
        loops.start("hold", hold::holdOnce);
        loops.start("take-over", takeOver::takeOverOnce);
        loops.start("control", () -> dependencies.control().obeyOnce(Scheduler::obey));
        LOG.infof("Scheduler %s holds what waits and releases what is due.", id());
    }

    /** A scheduler replies, so that it is seen to be there; it holds nothing that somebody else could not, so it needs no orders. */
    private static Obeyed obey(ControlAction action) {
        return action instanceof ControlAction.Ping
                ? Obeyed.done("It is there.", Optional.empty())
                : Obeyed.refused("A scheduler obeys no orders but pings.", Optional.empty());
    }

    /** What was just held may be due before anything that was known. */
    private void lookForDue() {
        Loop sleeping = releasing;
        if (sleeping != null) {
            sleeping.wake();
        }
    }

    /** Ends the loops, holds what this scheduler was given last, and removes its name. Takes two seconds at most. */
    public void stop() {
        stopping = true;
        loops.stop(PATIENCE);
        sayGoodBye();
    }

    private void sayGoodBye() {
        try {
            hold.holdUnheld();
            dependencies.streams().make().leave();
            dependencies.control().leave();
        } catch (StreamsUnavailable unavailable) {
            LOG.warnf("Scheduler %s leaves without a word; others take over: %s", id(), unavailable.getMessage());
        }
    }

    /** Whether Redis answers and is open for work, and this scheduler is not stopping. */
    public boolean ready() {
        return redis() == RedisState.OPEN && !stopping;
    }

    /** What its latest look found. */
    public RedisState redis() {
        return watch.redis();
    }

    /** Redis's epoch when it was last found open; 0 before. */
    public int epoch() {
        return watch.epoch();
    }

    public boolean stopping() {
        return stopping;
    }

    /** What turns it. */
    public Loops loops() {
        return loops;
    }
}
