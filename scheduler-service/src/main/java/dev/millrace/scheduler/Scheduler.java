package dev.millrace.scheduler;

import dev.millrace.loop.Loops;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The loops of the scheduler, from the application's start to its end. */
@Singleton
final class Scheduler {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final StreamsWatch watch;
    private final Loops loops;

    Scheduler(StreamsWatch watch, Loops loops) {
        this.watch = watch;
        this.loops = loops;
    }

    void begin(@Observes StartupEvent started) {
        loops.start("streams", watch::lookOnce);
    }

    void end(@Observes ShutdownEvent stopping) {
        loops.stop(PATIENCE);
    }
}
