package dev.millrace.ctl.jobs;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the end of a job is waited for, and for how long. */
final class Waiting {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Option(names = "--wait", description = "Wait for its end and show its result.")
    boolean wait;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            description = "Wait for so long at most: 30s, 5m. Ends with 5 if that is too short.")
    Optional<Duration> atMost = Optional.empty();

    /** For how long; empty if it is not waited for. */
    Optional<Duration> time() {
        return wait && atMost.isEmpty() ? Optional.of(FOR_EVER) : atMost;
    }
}
