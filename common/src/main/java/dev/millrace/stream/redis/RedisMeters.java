package dev.millrace.stream.redis;

import dev.millrace.stream.redis.RedisLink.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts calls of Redis that failed, by what was wrong. */
public final class RedisMeters implements Consumer<Failure> {

    private final Map<Failure, Counter> failures;

    public RedisMeters(MeterRegistry registry) {
        this.failures = Arrays.stream(Failure.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), failure -> counter(registry, failure)));
    }

    @Override
    public void accept(Failure failure) {
        Counter counter = failures.get(failure);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, Failure failure) {
        return Counter.builder("millrace_redis_failures")
                .tag("failure", failure.name().toLowerCase(Locale.ROOT))
                .description("Calls of Redis that failed")
                .register(registry);
    }
}
