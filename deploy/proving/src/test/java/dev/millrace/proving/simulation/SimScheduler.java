package dev.millrace.proving.simulation;

import dev.millrace.scheduler.timers.HoldDelays;
import dev.millrace.scheduler.timers.ReleaseTimers;
import dev.millrace.scheduler.timers.TakeOver;
import dev.millrace.scheduler.timers.TimerMeters;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.stream.timers.TimerStreams;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;

/** A scheduler's process: the product's roles. */
final class SimScheduler implements Actor {

    private static final int BATCH = 20;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);
    private static final long IDLE_MILLIS = 200;

    private final String name;
    private final Loops loops;

    SimScheduler(World world, String name) {
        this.name = name;
        this.loops = new Loops(world);
        TimerStreams streams = new Wire(world, name).timers();
        TimerMeters meters = new TimerMeters(new CompositeMeterRegistry());
        ReleaseTimers release = new ReleaseTimers(streams, BATCH, LOOK, meters);
        int releasing = loops.add(() -> release.releaseOnce().toMillis() + 1);
        Runnable heldSome = () -> loops.wake(releasing);
        HoldDelays hold = new HoldDelays(streams, BATCH, meters, heldSome);
        TakeOver takeOver = new TakeOver(streams, new TimerSettings(BATCH, LOOK, TAKE_OVER), meters, heldSome);
        loops.add(() -> hold.holdOnce().toMillis() + IDLE_MILLIS);
        loops.add(() -> takeOver.takeOverOnce().toMillis() + 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Loops loops() {
        return loops;
    }

    @Override
    public void slept(long millis) {}
}
