package dev.millrace.api.service.wiring;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.base.database.YoungTables;
import dev.millrace.loop.Duties;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Sessions;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.StartupEvent;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The two pools of connections to PostgreSQL, and the ways to them for all that waits for its answers. */
@Singleton
final class PostgresWiring implements PgPoolCreator {

    /** Two for submits, one each for the projection and the outbox. */
    private static final int ON_THE_PATH_OF_JOBS = 4;

    private static final Logger LOG = Logger.getLogger(PostgresWiring.class);

    private volatile @Nullable Pool byKey;

    /** Makes both: what the framework knows of the server, and how it is to be reached, is for both. */
    @Override
    public Pool create(Input input) {
        byKey = pool(input, new PoolOptions(input.poolOptions()).setMaxSize(ON_THE_PATH_OF_JOBS), Sessions::byKey);
        return pool(input, input.poolOptions(), Sessions::any);
    }

    private static Pool pool(Input input, PoolOptions size, UnaryOperator<PgConnectOptions> session) {
        return PgBuilder.pool()
                .with(size)
                .connectingTo(List.copyOf(
                        input.pgConnectOptionsList().stream().map(session).toList()))
                .using(input.vertx())
                .build();
    }

    @Produces
    @Singleton
    Db db(Pool pool, LongSupplier nanos) {
        return new Db(pool, nanos);
    }

    /** The framework makes its pool when that is first asked for anything, and then the other one is there too. */
    @Produces
    @Singleton
    @ByKey
    Db byKey(Pool frameworks, LongSupplier nanos) {
        LOG.debugf("%d connections are open beside those on the path of jobs.", frameworks.size());
        return Db.keeping(Objects.requireNonNull(byKey), ON_THE_PATH_OF_JOBS, nanos);
    }

    void startStatistics(@Observes StartupEvent starting, Duties duties, YoungTables tables) {
        duties.start("table-statistics", YoungTables.PERIOD, tables::lookOnce);
    }
}
