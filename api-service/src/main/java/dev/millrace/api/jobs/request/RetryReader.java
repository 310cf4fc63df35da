package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.json.JsonFields;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code retry}: how often and when what has failed is tried again. */
public final class RetryReader {

    private static final String FIELD = "retry";
    private static final Set<String> RETRY = Set.of("maxAttempts", "backoff");
    private static final Set<String> BACKOFF = Set.of("type", "base", "factor", "max", "jitter");
    private static final String WAIT = "a duration of PT0S to P30D such as PT30S";

    private final JsonFields fields;

    /** Of an object that may have the field. */
    public RetryReader(JsonFields fields) {
        this.fields = fields;
    }

    /** The whole policy of a field that was read before; what it does not say is that of {@link RetryPolicy#DEFAULT}. */
    public static RetryPolicy policy(JsonNode retry) {
        JsonNode object = JsonNodeFactory.instance.objectNode().set(FIELD, retry);
        return new RetryReader(new JsonFields("", object, new ArrayList<>()))
                .read()
                .over(RetryPolicy.DEFAULT);
    }

    /** Pointers to fields of the objects that are not in the contract. */
    public Stream<String> unknown() {
        JsonFields retry = within(fields, FIELD);
        JsonFields backoff = within(retry, "backoff");
        return Stream.concat(unknown(retry, RETRY), unknown(backoff, BACKOFF));
    }

    /** What is said; nothing without the field. */
    public RetryOverride read() {
        JsonFields retry = fields.object(FIELD);
        return retry == null ? RetryOverride.NONE : retry(retry);
    }

    private static RetryOverride retry(JsonFields retry) {
        Integer attempts = retry.read("maxAttempts", "a whole number from 1 to 10000", RetryReader::attempts);
        JsonFields backoff = retry.object("backoff");
        return backoff == null ? new RetryOverride(attempts, null, null, null, null, null) : backoff(attempts, backoff);
    }

    private static RetryOverride backoff(@Nullable Integer attempts, JsonFields backoff) {
        BackoffType type = backoff.text("type", "'fixed' or 'exponential'", BackoffType::ofLabel);
        Duration base = backoff.text("base", WAIT, RetryReader::wait);
        Double factor = backoff.read("factor", "a number from 1 to 100", RetryReader::factor);
        Duration max = backoff.text("max", WAIT, RetryReader::wait);
        Jitter jitter = backoff.text("jitter", "'none' or 'full'", Jitter::ofLabel);
        if (base != null && max != null && base.compareTo(max) > 0) {
            backoff.wrong("base", "'base' is not to be longer than 'max'.");
            base = null;
        }
        return new RetryOverride(attempts, type, base, factor, max, jitter);
    }

    private static Duration wait(String text) {
        return PolicyReader.between(Duration.ZERO, text, Backoff.LONGEST);
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
