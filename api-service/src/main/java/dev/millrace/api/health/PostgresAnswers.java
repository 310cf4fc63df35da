package dev.millrace.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: PostgreSQL answers within a second. Submits are accepted without Redis, so Redis is not asked. */
@Readiness
public class PostgresAnswers implements AsyncHealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Pool pool;

    public PostgresAnswers(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> pool.query("select 1").execute().toCompletionStage())
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(rows -> answer(true))
                .onFailure()
                .recoverWithItem(failure -> answer(false));
    }

    private static HealthCheckResponse answer(boolean up) {
        return HealthCheckResponse.named("postgresql")
                .status(up)
                .withData("answersWithinMillis", LIMIT.toMillis())
                .build();
    }
}
