package dev.millrace.worker.registry;

import dev.millrace.job.PolicyOverride;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The policy of a task as its annotations write it: empty texts and zeros where they say nothing. */
record AnnotatedPolicy(
        String timeout,
        String softTimeout,
        int maxAttempts,
        String backoff,
        String base,
        double factor,
        String max,
        String jitter) {

    static final AnnotatedPolicy NONE = new AnnotatedPolicy("", "", 0, "", "", 0, "", "");

    static final int WIDTH = 8;

    List<String> texts() {
        return List.of(
                timeout,
                softTimeout,
                Integer.toString(maxAttempts),
                backoff,
                base,
                Double.toString(factor),
                max,
                jitter);
    }

    /** Of what {@link #texts} wrote. */
    static AnnotatedPolicy ofTexts(List<String> texts) {
        return new AnnotatedPolicy(
                texts.get(0),
                texts.get(1),
                Integer.parseInt(texts.get(2)),
                texts.get(3),
                texts.get(4),
                Double.parseDouble(texts.get(5)),
                texts.get(6),
                texts.get(7));
    }

    /** @throws IllegalArgumentException with a sentence, if something is out of bounds or cannot be read */
    PolicyOverride parsed() {
        RetryOverride retry = new RetryOverride(
                maxAttempts == 0 ? null : maxAttempts,
                parsed(backoff, BackoffType::ofLabel),
                duration("base", base),
                factor == 0 ? null : factor,
                duration("max", max),
                parsed(jitter, Jitter::ofLabel));
        return new PolicyOverride(duration("timeout", timeout), duration("softTimeout", softTimeout), retry);
    }

    private static @Nullable Duration duration(String what, String text) {
        try {
            return parsed(text, Duration::parse);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The %s must be an ISO-8601 duration, such as PT30S or PT5M, not '%s'.".formatted(what, text), e);
        }
    }

    private static <T> @Nullable T parsed(String text, Function<String, T> reader) {
        return text.isEmpty() ? null : reader.apply(text);
    }
}
