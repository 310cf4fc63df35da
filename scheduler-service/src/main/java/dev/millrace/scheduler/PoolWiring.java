package dev.millrace.scheduler;

import dev.millrace.postgres.Sessions;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

/**
 * Lets a connection go on which nothing has moved for a while. A transaction gives up by itself, but its connection would
 * wait for an answer as long as the machine believes that there is a peer, and soon no connection would be left.
 */
@Singleton
final class PoolWiring implements PgPoolCreator {

    /** Longer than any statement may take. */
    private static final int SILENCE_SECONDS = 20;

    @Override
    public Pool create(Input input) {
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(input.pgConnectOptionsList().stream()
                        .map(PoolWiring::options)
                        .toList())
                .using(input.vertx())
                .build();
    }

    private static SqlConnectOptions options(PgConnectOptions options) {
        return Sessions.any(options).setIdleTimeout(SILENCE_SECONDS);
    }
}
