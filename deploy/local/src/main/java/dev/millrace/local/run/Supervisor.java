package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Watches programs that are ready: reports each that dies and, if it may, starts it again after a while. One that ended well, as a worker that is
 * recycled, waits no longer for having done so before.
 */
public final class Supervisor {

    private final boolean restarts;
    private final RestartBackoff backoff;
    private final Time time;
    private final Terminal terminal;
    private final Children children;
    private final Executor starters = task -> Thread.ofVirtual().start(task);

    public Supervisor(boolean restarts, RestartBackoff backoff, Time time, Terminal terminal, Children children) {
        this.restarts = restarts;
        this.backoff = backoff;
        this.time = time;
        this.terminal = terminal;
        this.children = children;
    }

    /** Takes over a program that has become ready. Returns at once. */
    public void watch(Program program, ChildProcess process) {
        watch(program, process, Duration.ZERO);
    }

    private void watch(Program program, ChildProcess process, Duration waited) {
        note(program, () -> program.ready(process));
        Instant since = time.instant();
        process.whenEnded(() -> starters.execute(() -> {
            Duration lived = Duration.between(since, time.instant());
            died(program, process, process.endedWell() ? backoff.first() : backoff.next(waited, lived));
        }));
    }

    private void died(Program program, ChildProcess dead, Duration wait) {
        if (children.closed()) {
            return;
        }
        note(program, program::ended);
        String what = program.name() + " (process " + dead.pid() + ") "
                + (dead.endedWell() ? "ended with " : "died with ") + dead.ending();
        if (restarts) {
            startAfter(wait, program, what);
        } else {
            terminal.say(what + ". It stays dead: --no-restart was given.");
        }
    }

    private void startAfter(Duration wait, Program program, String why) {
        terminal.say(why + ". It is started again in " + wait.toMillis() + " ms.");
        Executor later = CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, starters);
        later.execute(() -> startAgain(program, wait));
    }

    private void startAgain(Program program, Duration waited) {
        if (children.closed()) {
            return;
        }
        try {
            ChildProcess process = program.start();
            watch(program, process, waited);
            terminal.say(program.name() + " runs again as process " + process.pid() + ".");
        } catch (RuntimeException e) {
            // Whatever it was, the loop goes on: a launcher that gives up silently is worse than one that repeats.
            retry(program, waited, e);
        }
    }

    private void retry(Program program, Duration waited, RuntimeException failure) {
        if (!children.closed()) {
            String what = failure instanceof CannotStart refusal ? refusal.sentence() : failure.toString();
            startAfter(backoff.next(waited, Duration.ZERO), program, what);
        }
    }

    // Nobody is helped if a service stays down because a file cannot be written.
    private void note(Program program, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            terminal.say("run.json is no longer right about " + program.name() + ": " + e);
        }
    }
}
