package dev.millrace.api.service.wiring;

import dev.millrace.postgres.Db;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;

/** One way to PostgreSQL for all that waits for its answers. */
final class PostgresWiring {

    @Produces
    @Singleton
    Db db(Pool pool, LongSupplier nanos) {
        return new Db(pool, nanos);
    }
}
