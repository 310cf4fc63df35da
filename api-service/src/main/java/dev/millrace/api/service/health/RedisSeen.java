package dev.millrace.api.service.health;

import dev.millrace.api.outbox.reconcile.ReconcileMeters;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always up, since jobs are accepted without Redis: it tells what this instance found Redis to be, and its epoch. */
@Readiness
public class RedisSeen implements HealthCheck {

    private final ReconcileMeters seen;

    public RedisSeen(ReconcileMeters seen) {
        this.seen = seen;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis (not required)")
                .up()
                .withData("redis", seen.redis().name().toLowerCase(Locale.ROOT))
                .withData("epoch", seen.epoch())
                .build();
    }
}
