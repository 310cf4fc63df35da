package dev.millrace.task;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said of a job before it is made, by the names that {@code POST /api/v1/jobs} has for it. Each method returns the same with
 * that said; of two calls of one method the later counts. What is out of its range is found when the job is made, unless
 * it is said otherwise here.
 *
 * @param <S> what the options are said of
 */
public interface JobOptions<S> {

    /** On which queue it is put, in place of the one that its task names. */
    default S queue(String name) {
        return option("queue", name);
    }

    /**
     * Which of the jobs of a queue go first.
     *
     * @param value 1 to 10, of which 10 goes first
     * @throws IllegalArgumentException if it is out of that range
     */
    default S priority(int value) {
        if (value < 1 || value > 10) {
            throw new IllegalArgumentException("A priority is 1 to 10, which %d is not.".formatted(value));
        }
        return option("priority", value);
    }

    /** When it is to run at the earliest: so long after it was made. */
    default S delay(Duration after) {
        return option("delay", after.toString());
    }

    /** So long after it was made it may no longer start. */
    default S ttl(Duration after) {
        return option("ttl", after.toString());
    }

    /** How long one of its runs may take. */
    default S timeout(Duration atMost) {
        return option("timeout", atMost.toString());
    }

    /** After which a run of it is asked to come to an end. */
    default S softTimeout(Duration atMost) {
        return option("softTimeout", atMost.toString());
    }

    /** How many failures end it, 1 to 10,000. */
    default S maxAttempts(int most) {
        return retry("maxAttempts", most);
    }

    /** Each further attempt comes so long after a failure. */
    default S backoff(Duration always) {
        return retry("backoff", Map.of("type", "fixed", "base", always.toString()));
    }

    /** The wait before a further attempt begins with {@code base} and grows up to {@code most}. */
    default S backoff(Duration base, Duration most) {
        return retry("backoff", Map.of("type", "exponential", "base", base.toString(), "max", most.toString()));
    }

    /** By which it can be found, at most 32 names. */
    default S tags(String... names) {
        return option("tags", List.of(names));
    }

    /** What is kept with it; texts reach its task as headers. */
    default S metadata(Map<String, ?> values) {
        return option("metadata", new LinkedHashMap<>(values));
    }

    /** Its result is not kept. */
    default S ignoreResult() {
        return option("ignoreResult", true);
    }

    /** For how long after its end its result is kept. */
    default S resultTtl(Duration after) {
        return option("resultTtl", after.toString());
    }

    /** Another field of the job, by its name: a text, a number, a truth, or a map or a list of these. */
    S option(String field, Object value);

    /** A field of {@code retry}; the others that were said stay. */
    S retry(String field, Object value);
}
