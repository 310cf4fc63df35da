package dev.millrace.proving.chaos.fault;

import java.time.Duration;

/** What a link does to the bytes that pass it. */
public sealed interface Trouble {

    /** Nothing. */
    Trouble NONE = new None();

    /** The link is fine. */
    record None() implements Trouble {}

    /**
     * Each piece arrives late, evenly between {@code delay - jitter} and {@code delay + jitter}.
     *
     * @param bytesPerSecond that pass in each direction of each connection
     */
    record Slow(Duration delay, Duration jitter, int bytesPerSecond) implements Trouble {

        public Slow {
            if (jitter.isNegative() || delay.compareTo(jitter) < 0 || bytesPerSecond < 1) {
                throw new IllegalArgumentException(
                        "A slow link has a delay of at least its jitter and lets a byte a second pass, unlike %s ± %s at %d."
                                .formatted(delay, jitter, bytesPerSecond));
            }
        }
    }

    /** Connections are closed, new ones at once. */
    record Cut() implements Trouble {}

    /** Connections stay, new ones are taken, and no byte passes until the trouble is over. */
    record HalfOpen() implements Trouble {}

    /** Requests arrive and are carried out; the first answer is swallowed and its connection reset. */
    record RepliesLost() implements Trouble {}
}
