package dev.millrace.api.http.access;

import dev.millrace.api.base.rate.Rate;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How fast each token may call this instance. A session counts as its token. Nothing is told to other instances and nothing
 * outlives this one: with several, a token may send as much to each. May be used by many threads.
 */
@Singleton
class RequestRates {

    /** Of a token that was silent for so long nothing is kept. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final AccessSettings settings;
    private final LongSupplier nanos;
    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    RequestRates(AccessSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Counts a request. Why the caller has to wait with it, as a 429 problem; empty if it need not. */
    Optional<RuntimeException> refusal(Caller caller) {
        String counted = caller.countedAs();
        if (counted == null) {
            return Optional.empty();
        }
        long perSecond = perSecond(caller);
        long now = nanos.getAsLong();
        long seconds = rate(counted, perSecond, now).take(1, now);
        return seconds == 0 ? Optional.empty() : Optional.of(tooMany(perSecond, seconds));
    }

    /** Forgets the tokens that have been silent. */
    void forgetOnce() {
        long now = nanos.getAsLong();
        rates.values().removeIf(rate -> rate.isIdle(FORGOTTEN, now));
    }

    private long perSecond(Caller caller) {
        Integer own = caller.requestsPerSecond();
        return own == null ? settings.requestsPerSecond() : own;
    }

    /** The one that was counted with so far, unless something else was set meanwhile. */
    private Rate rate(String counted, long perSecond, long now) {
        Rate known = rates.get(counted);
        return known != null && known.perSecond() == perSecond
                ? known
                : rates.compute(
                        counted,
                        (any, other) ->
                                other != null && other.perSecond() == perSecond ? other : new Rate(perSecond, now));
    }

    private static RuntimeException tooMany(long perSecond, long seconds) {
        return Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "Your token may send %d requests a second to an instance of the service.".formatted(perSecond))
                .retryAfter(seconds, "\"requests\";q=%d;w=1".formatted(perSecond));
    }
}
