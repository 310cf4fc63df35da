package dev.millrace.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job that a task wants to be made, for {@link TaskContext#submit}. Immutable: each method returns another order. What is not
 * said is as for a job that a client submits, but that priority, tenant and trace are those of the job that orders it.
 *
 * <p>The api looks at an order when it makes the job: one that it refuses, since nobody has the task or the payload does not fit
 * its schema, is shown with the reason at {@code GET /api/v1/jobs/{id}/children}.
 */
public final class JobOrder implements JobOptions<JobOrder> {

    private static final int LONGEST_KEY = 255;

    private final @Nullable String key;
    private final Map<String, @Nullable Object> job;

    private JobOrder(@Nullable String key, Map<String, @Nullable Object> job) {
        this.key = key;
        this.job = Collections.unmodifiableMap(job);
    }

    /**
     * A job of that task.
     *
     * @param payload what can be written as JSON: a record, a map, a list, a text, a number, or null. A record that is no payload or
     *     result of a task of the same worker carries {@code @RegisterForReflection}, for native executables
     */
    public static JobOrder of(String task, @Nullable Object payload) {
        Map<String, @Nullable Object> job = new LinkedHashMap<>();
        job.put("task", task);
        job.put("payload", payload);
        return new JobOrder(null, job);
    }

    /**
     * Under which the job is made once, however often this job runs: the first one that is made under a key stays. Without one
     * it is the order's place among the orders of its run, which fits tasks that order the same in every run.
     *
     * @param text 1 to 255 characters, of which the first is no {@code #}
     * @throws IllegalArgumentException if it is none
     */
    public JobOrder key(String text) {
        if (text.isEmpty() || text.length() > LONGEST_KEY || text.startsWith("#")) {
            throw new IllegalArgumentException(
                    "The key of an order has 1 to %d characters and does not begin with '#'.".formatted(LONGEST_KEY));
        }
        return new JobOrder(text, job);
    }

    /** As {@link JobOptions#delay}, in place of {@link #runAt}. */
    @Override
    public JobOrder delay(Duration after) {
        return without("runAt").option("delay", after.toString());
    }

    /** When it is to run at the earliest, in place of {@link #delay}; a past time means at once. */
    public JobOrder runAt(Instant time) {
        return without("delay").option("runAt", time.toString());
    }

    /** As {@link JobOptions#ttl}, in place of {@link #expiresAt}. */
    @Override
    public JobOrder ttl(Duration after) {
        return without("expiresAt").option("ttl", after.toString());
    }

    /** When it may no longer start, in place of {@link #ttl}. */
    public JobOrder expiresAt(Instant time) {
        return without("ttl").option("expiresAt", time.toString());
    }

    /** Empty where its place among the orders is its key. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** What {@code POST /api/v1/jobs} takes for it, by the names of its fields; the payload is as it was given. */
    public Map<String, @Nullable Object> job() {
        return job;
    }

    @Override
    public JobOrder option(String field, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(job);
        more.put(field, value);
        return new JobOrder(key, more);
    }

    @Override
    public JobOrder retry(String field, Object value) {
        Map<String, Object> retry = new LinkedHashMap<>();
        if (job.get("retry") instanceof Map<?, ?> before) {
            before.forEach((name, said) -> retry.put(String.valueOf(name), said));
        }
        retry.put(field, value);
        return option("retry", retry);
    }

    private JobOrder without(String field) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(job);
        less.remove(field);
        return new JobOrder(key, less);
    }
}
