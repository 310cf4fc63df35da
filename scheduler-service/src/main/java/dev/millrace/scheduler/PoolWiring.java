package dev.millrace.scheduler;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;

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
        input.pgConnectOptionsList().forEach(options -> options.setIdleTimeout(SILENCE_SECONDS));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
