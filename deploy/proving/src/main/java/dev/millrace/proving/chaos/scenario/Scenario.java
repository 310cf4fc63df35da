package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import dev.millrace.proving.checker.Limits;
import java.time.Duration;

/** A load, and what breaks meanwhile. Runs once, on a platform of its own. */
public interface Scenario {

    /** As on the command line. */
    String name();

    /** What happens, in a line. */
    String story();

    Topology topology();

    /** What the checker allows. Lost and doubled jobs it never allows. */
    default Limits limits() {
        return Limits.PROMISED;
    }

    /** How long after the last end Redis may need to be clean. */
    default Duration untilClean() {
        return Duration.ofSeconds(30);
    }

    /** How long its jobs may take to end once it is over. */
    default Duration patience() {
        return Duration.ofMinutes(3);
    }

    /** Submits, breaks things, and returns when nothing more is broken. */
    void run(Platform platform, Size size);

    /** Requires of the platform what must hold in this scenario alone, once all is over. */
    default void judge(Platform platform, History history) {}
}
