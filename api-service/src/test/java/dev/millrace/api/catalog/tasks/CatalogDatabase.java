package dev.millrace.api.catalog.tasks;

import dev.millrace.api.RealServers;
import dev.millrace.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;

/** A PostgreSQL of its own with the catalog's tables in it. */
final class CatalogDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    final Pool pool;

    private CatalogDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.pool = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(postgres.url()))
                .with(new PoolOptions().setMaxSize(4))
                .using(vertx)
                .build();
    }

    static CatalogDatabase start() throws IOException {
        CatalogDatabase database = new CatalogDatabase(
                EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(Files.createTempDirectory("catalog"))));
        database.sql(schema());
        return database;
    }

    void sql(String statements) {
        RealServers.await(pool.query(statements).execute().toCompletionStage());
    }

    void empty() {
        sql("TRUNCATE api.task, api.worker, api.task_worker, api.known_queue;"
                + " UPDATE api.task_catalog SET version = version + 1");
    }

    @Override
    public void close() {
        RealServers.await(pool.close().toCompletionStage());
        RealServers.await(vertx.close().toCompletionStage());
        postgres.close();
    }

    private static String schema() throws IOException {
        try (InputStream file = CatalogDatabase.class.getResourceAsStream("/db/migration/V1__schema.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
