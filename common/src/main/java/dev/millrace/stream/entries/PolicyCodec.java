package dev.millrace.stream.entries;

import dev.millrace.job.PolicyOverride;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Terms as flat fields, each only where it is set: {@code timeout softTimeout maxAttempts backoff backoffBase
 * backoffFactor backoffMax backoffJitter}. Durations are ISO-8601, as in JSON.
 */
public final class PolicyCodec {

    private PolicyCodec() {}

    /** Names each part that is set, always in the same order. */
    public static void write(PolicyOverride policy, BiConsumer<String, String> field) {
        put(field, "timeout", policy.timeout());
        put(field, "softTimeout", policy.softTimeout());
        RetryOverride retry = policy.retry();
        put(field, "maxAttempts", retry.maxAttempts());
        put(field, "backoff", retry.type() == null ? null : retry.type().label());
        put(field, "backoffBase", retry.base());
        put(field, "backoffFactor", retry.factor());
        put(field, "backoffMax", retry.max());
        put(
                field,
                "backoffJitter",
                retry.jitter() == null ? null : retry.jitter().label());
    }

    /**
     * The policy among these fields; others are passed over.
     *
     * @throws IllegalArgumentException if a field cannot be read, or breaks a rule
     */
    public static PolicyOverride read(Map<String, String> fields) {
        RetryOverride retry = new RetryOverride(
                read(fields, "maxAttempts", Integer::valueOf),
                read(fields, "backoff", BackoffType::ofLabel),
                read(fields, "backoffBase", Duration::parse),
                read(fields, "backoffFactor", Double::valueOf),
                read(fields, "backoffMax", Duration::parse),
                read(fields, "backoffJitter", Jitter::ofLabel));
        Duration timeout = read(fields, "timeout", Duration::parse);
        Duration softTimeout = read(fields, "softTimeout", Duration::parse);
        return retry.isEmpty() && timeout == null && softTimeout == null
                ? PolicyOverride.NONE
                : new PolicyOverride(timeout, softTimeout, retry);
    }

    private static void put(BiConsumer<String, String> field, String name, @Nullable Object value) {
        if (value != null) {
            field.accept(name, value.toString());
        }
    }

    private static <T> @Nullable T read(Map<String, String> fields, String name, Function<String, T> reader) {
        String text = fields.get(name);
        try {
            return text == null ? null : reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("Field '" + name + "' cannot be read.", e);
        }
    }
}
