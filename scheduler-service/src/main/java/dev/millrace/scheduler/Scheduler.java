package dev.millrace.scheduler;

import dev.millrace.loop.Loop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The loops of the scheduler, from the application's start to its end. */
@Singleton
public class Scheduler {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final StreamsWatch watch;
    private volatile @Nullable Loop loop;

    Scheduler(StreamsWatch watch) {
        this.watch = watch;
    }

    void begin(@Observes StartupEvent started) {
        loop = Loop.start("streams", watch::lookOnce, StreamsWatch.PERIOD);
    }

    void end(@Observes ShutdownEvent stopping) {
        Loop running = loop;
        if (running != null) {
            running.stop(PATIENCE);
        }
    }

    /** How long ago its loop turned last; zero before the start. */
    public Duration lastTurn() {
        Loop running = loop;
        return running == null ? Duration.ZERO : running.lastTurn();
    }
}
