package dev.millrace.scheduler.health;

import dev.millrace.scheduler.StreamsWatch;
import dev.millrace.stream.RedisState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Redis answers and is open for work. */
@Readiness
@ApplicationScoped
class StreamsOpen implements HealthCheck {

    private final StreamsWatch watch;

    StreamsOpen(StreamsWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis")
                .status(watch.redis() == RedisState.OPEN)
                .withData("redis", watch.redis().name().toLowerCase(Locale.ROOT))
                .withData("epoch", watch.epoch())
                .build();
    }
}
