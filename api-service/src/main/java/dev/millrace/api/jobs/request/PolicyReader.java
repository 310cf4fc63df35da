package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.PolicyOverride;
import dev.millrace.json.JsonFields;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the limits and the retries that a job wants otherwise than its task. */
final class PolicyReader {

    private static final Set<String> RETRY = Set.of("maxAttempts", "backoff");
    private static final Set<String> BACKOFF = Set.of("type", "base", "factor", "max", "jitter");
    private static final String LIMIT = "a duration of PT0.001S to P366D such as PT30S";
    private static final String WAIT = "a duration of PT0S to P30D such as PT30S";

    private final JsonFields fields;

    PolicyReader(JsonFields fields) {
        this.fields = fields;
    }

    /** Pointers to fields of the objects that are not in the contract. */
    Stream<String> unknown() {
        JsonFields retry = within(fields, "retry");
        JsonFields backoff = within(retry, "backoff");
        return Stream.concat(unknown(retry, RETRY), unknown(backoff, BACKOFF));
    }

    PolicyOverride read() {
        Duration timeout = limit("timeout");
        Duration softTimeout = limit("softTimeout");
        if (timeout != null && softTimeout != null && softTimeout.compareTo(timeout) >= 0) {
            fields.wrong("softTimeout", "'softTimeout' is to be shorter than 'timeout'.");
            softTimeout = null;
        }
        JsonFields retry = fields.object("retry");
        return new PolicyOverride(timeout, softTimeout, retry == null ? RetryOverride.NONE : retry(retry));
    }

    private static RetryOverride retry(JsonFields retry) {
        Integer attempts = retry.read("maxAttempts", "a whole number from 1 to 10000", PolicyReader::attempts);
        JsonFields backoff = retry.object("backoff");
        return backoff == null ? new RetryOverride(attempts, null, null, null, null, null) : backoff(attempts, backoff);
    }

    private static RetryOverride backoff(@Nullable Integer attempts, JsonFields backoff) {
        BackoffType type = backoff.text("type", "'fixed' or 'exponential'", BackoffType::ofLabel);
        Duration base = backoff.text("base", WAIT, PolicyReader::wait);
        Double factor = backoff.read("factor", "a number from 1 to 100", PolicyReader::factor);
        Duration max = backoff.text("max", WAIT, PolicyReader::wait);
        Jitter jitter = backoff.text("jitter", "'none' or 'full'", Jitter::ofLabel);
        if (base != null && max != null && base.compareTo(max) > 0) {
            backoff.wrong("base", "'base' is not to be longer than 'max'.");
            base = null;
        }
        return new RetryOverride(attempts, type, base, factor, max, jitter);
    }

    private @Nullable Duration limit(String name) {
        return fields.text(name, LIMIT, text -> between(Duration.ofMillis(1), text, ExecutionPolicy.LONGEST));
    }

    private static Duration wait(String text) {
        return between(Duration.ZERO, text, Backoff.LONGEST);
    }

    private static Duration between(Duration least, String text, Duration most) {
        Duration given = Duration.parse(text);
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            throw new IllegalArgumentException("The duration is out of its range.");
        }
        return given;
    }

    private static Integer attempts(JsonNode value) {
        boolean whole = value.isIntegralNumber() && value.canConvertToInt();
        int given = JsonFields.required(whole, value).intValue();
        JsonFields.required(given >= 1 && given <= RetryPolicy.MOST_ATTEMPTS, value);
        return given;
    }

    private static Double factor(JsonNode value) {
        double given = JsonFields.required(value.isNumber(), value).doubleValue();
        JsonFields.required(given >= 1 && given <= Backoff.MAX_FACTOR, value);
        return given;
    }

    /** The object in a field, if there is one. */
    private static @Nullable JsonFields within(@Nullable JsonFields outer, String name) {
        return outer == null || !outer.object().path(name).isObject() ? null : outer.object(name);
    }

    private static Stream<String> unknown(@Nullable JsonFields fields, Set<String> known) {
        return fields == null
                ? Stream.empty()
                : fields.names().filter(name -> !known.contains(name)).map(fields::pointer);
    }
}
