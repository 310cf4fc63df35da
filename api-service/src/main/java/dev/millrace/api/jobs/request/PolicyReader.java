package dev.millrace.api.jobs.request;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.PolicyOverride;
import dev.millrace.json.JsonFields;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the limits and the retries that a job wants otherwise than its task. */
final class PolicyReader {

    private static final String LIMIT = "a duration of PT0.001S to P366D such as PT30S";

    private final JsonFields fields;
    private final RetryReader retry;

    PolicyReader(JsonFields fields) {
        this.fields = fields;
        this.retry = new RetryReader(fields);
    }

    /** Pointers to fields of the objects that are not in the contract. */
    Stream<String> unknown() {
        return retry.unknown();
    }

    PolicyOverride read() {
        Duration timeout = limit("timeout");
        Duration softTimeout = limit("softTimeout");
        if (timeout != null && softTimeout != null && softTimeout.compareTo(timeout) >= 0) {
            fields.wrong("softTimeout", "'softTimeout' is to be shorter than 'timeout'.");
            softTimeout = null;
        }
        return new PolicyOverride(timeout, softTimeout, retry.read());
    }

    private @Nullable Duration limit(String name) {
        return fields.text(name, LIMIT, text -> between(Duration.ofMillis(1), text, ExecutionPolicy.LONGEST));
    }

    static Duration between(Duration least, String text, Duration most) {
        Duration given = Duration.parse(text);
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            throw new IllegalArgumentException("The duration is out of its range.");
        }
        return given;
    }
}
