package dev.millrace.worker.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The policy of jobs whose task and own request leave it open. */
@ConfigMapping(prefix = "millrace.worker")
public interface PolicyConfig {

    /** Of jobs of all queues. */
    @WithParentName
    Policy general();

    /** Of jobs of single queues, by name; goes before the general one. */
    Map<String, Policy> queue();

    /** What a worker or one of its queues says. */
    interface Policy {

        /** How long a run may take before its job ends TIMED_OUT; PT30M if nobody says. */
        Optional<Duration> timeout();

        /** After how long a run is asked to come to an end, shorter than the timeout; never if nobody says. */
        Optional<Duration> softTimeout();

        Retry retry();

        /** When a failed job is tried again. */
        interface Retry {

            /** The first attempt included, 1 to 10,000; 4 if nobody says. */
            OptionalInt maxAttempts();

            /** {@code fixed} or {@code exponential}; exponential if nobody says. */
            Optional<String> backoff();

            /** The first wait, PT0S to P30D; PT1S if nobody says. */
            Optional<Duration> base();

            /** By which a wait exceeds the one before, 1 to 100; 2 if nobody says. */
            OptionalDouble factor();

            /** The longest wait, up to P30D; PT10M if nobody says. */
            Optional<Duration> max();

            /** {@code full} draws each wait evenly from zero to its length, {@code none} waits it out; full if nobody says. */
            Optional<String> jitter();
        }
    }
}
