package dev.millrace.api.health;

import dev.millrace.loop.Loop;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The loops of this service. They are stopped with it, the latest first. */
@ApplicationScoped
public class Loops {

    /** A loop that has not turned for so long is taken to be stuck, unless it says otherwise. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    record Watched(Loop loop, Duration silence) {

        boolean turns() {
            return loop.lastTurn().compareTo(silence) <= 0;
        }
    }

    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    /** Starts a loop whose turns take less than 30 s. */
    public void start(String name, Loop.Step step) {
        start(name, step, SILENCE);
    }

    /** Starts a loop one of whose turns may take as long as {@code silence}. */
    public void start(String name, Loop.Step step, Duration silence) {
        watched.add(new Watched(Loop.start(name, step, PAUSE_AFTER_FAILURE), silence));
    }

    List<Watched> watched() {
        return watched;
    }

    void stop(@Observes ShutdownEvent ending) {
        watched.reversed().forEach(one -> one.loop().stop(PATIENCE));
    }
}
