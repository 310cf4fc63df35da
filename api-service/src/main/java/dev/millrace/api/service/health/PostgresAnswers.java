package dev.millrace.api.service.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: PostgreSQL answers within a second. Submits are accepted without Redis, so Redis is not asked. */
@Readiness
public class PostgresAnswers implements AsyncHealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Pool pool;
    private final LongSupplier nanos;

    public PostgresAnswers(Pool pool, LongSupplier nanos) {
        this.pool = pool;
        this.nanos = nanos;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        long asked = nanos.getAsLong();
        return Uni.createFrom()
                .completionStage(() -> pool.query("select 1").execute().toCompletionStage())
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(rows -> answer(true, asked))
                .onFailure()
                .recoverWithItem(failure -> answer(false, asked));
    }

    private HealthCheckResponse answer(boolean up, long asked) {
        return HealthCheckResponse.named("postgresql")
                .status(up)
                .withData("millis", Duration.ofNanos(nanos.getAsLong() - asked).toMillis())
                .withData("limitMillis", LIMIT.toMillis())
                .build();
    }
}
