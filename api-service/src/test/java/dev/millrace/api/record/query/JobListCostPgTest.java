package dev.millrace.api.record.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EndedJobs;
import dev.millrace.postgres.Sessions;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long PostgreSQL takes for a page of 50 jobs and for their counts, by every filter and every two of them, in a record of five million
 * jobs of three tenants, for the largest and the smallest of them. Measured when {@code -Dmillrace.measure=lists} asks for it, of fewer with {@code -Dmillrace.measure.jobs=100000}.
 *
 * <p>Cold is the first time after a restart of PostgreSQL, which then has nothing in its own memory, while the operating system may; warm
 * is the best of three after that. Both are planning and execution as {@code explain analyze} tells them.
 */
@EnabledIfSystemProperty(named = "millrace.measure", matches = "lists")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobListCostPgTest {

    private static final int JOBS = Integer.getInteger("millrace.measure.jobs", 5_000_000);
    private static final double SLOW_MILLIS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a hundred calls these are of them. */
    private static final List<String> TENANTS = Stream.of(
                    Collections.nCopies(80, "large"), Collections.nCopies(19, "middle"), List.of("small"))
            .flatMap(List::stream)
            .toList();

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedPostgres postgres;

    /** A question, and how long its answers took. */
    private record Figure(String tenant, String query, String what, double cold, double warm) {

        @Override
        public String toString() {
            return "%-7s %-70s %-7s cold %8.2f ms, warm %7.2f ms".formatted(tenant, query, what, cold, warm);
        }
    }

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder));
        Flyway.configure()
                .dataSource("jdbc:" + postgres.url().replace("postgres@", "") + "?user=postgres", "postgres", "")
                .load()
                .migrate();
        try (Connection connection = postgres.connect()) {
            EndedJobs.add(connection, JOBS, TENANTS);
            connection.createStatement().execute("vacuum analyze");
            connection.createStatement().execute("checkpoint");
        }
    }

    @AfterAll
    void stop() {
        join(vertx.close().toCompletionStage());
        postgres.close();
    }

    @Test
    void isMeasuredOnEveryTwoFilters() throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<String> queries = new SeededFilters(Instant.now().minus(Duration.ofDays(1))).queries();
        for (String tenant : List.of("large", "small")) {
            for (String query : queries) {
                figures.addAll(measured(tenant, query));
            }
        }

        figures.sort(Comparator.comparingDouble(Figure::cold).reversed());
        Files.write(
                Path.of("target", "job-lists.txt"),
                figures.stream().map(Figure::toString).toList());
        figures.stream()
                .filter(one -> Math.max(one.cold(), one.warm()) > SLOW_MILLIS)
                .forEach(System.out::println);
        System.out.printf(
                "%d questions; warm: half within %.2f ms, all within %.2f ms; cold: half within %.2f ms, all within %.2f ms%n",
                figures.size(),
                share(figures, Figure::warm, 0.5),
                share(figures, Figure::warm, 1),
                share(figures, Figure::cold, 0.5),
                share(figures, Figure::cold, 1));
        assertThat(figures).allMatch(one -> one.warm() < 10 * SLOW_MILLIS);
    }

    private static double share(List<Figure> figures, ToDoubleFunction<Figure> of, double share) {
        double[] sorted = figures.stream().mapToDouble(of).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private List<Figure> measured(String tenant, String query) {
        JobFilter filter = SeededFilters.filter(Caller.ofToken(tenant, Role.OPERATOR, "test", "t", Instant.MAX), query);
        List<Figure> figures = new ArrayList<>();
        figures.add(measured(tenant, query, "page", filter, index -> Walk.page(index, filter, null, 50)));
        if (!filter.isCounted()) {
            figures.add(measured(tenant, query, "counts", filter, index -> Walk.counts(index, filter, null)));
        } else {
            figures.add(figure(
                    tenant,
                    query,
                    "counts",
                    pool -> millis(pool, CountedJobs.BY_STATE, CountedJobs.parameters(filter))));
        }
        return figures;
    }

    private Figure measured(
            String tenant, String query, String what, JobFilter filter, Function<ListIndex, Walk> walk) {
        return figure(tenant, query, what, pool -> {
            double sizes = CountedJobs.tellsFewer(filter)
                    ? millis(pool, CountedJobs.SIZES, CountedJobs.parameters(filter))
                    : 0;
            Optional<ListIndex> index = join(new JobQueries(pool).index(filter));
            return sizes
                    + index.map(walk)
                            .map(one -> millis(pool, one.sql(), one.parameters()))
                            .orElse(0.0);
        });
    }

    private Figure figure(String tenant, String query, String what, ToDoubleFunction<Pool> question) {
        postgres.restart();
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(Sessions.any(PgConnectOptions.fromUri(postgres.url())))
                .using(vertx)
                .build();
        // What tables and indexes there are a connection learns once.
        join(pool.query("explain select * from api.job, api.job_tag, api.job_count")
                .execute()
                .toCompletionStage());
        double cold = question.applyAsDouble(pool);
        double warm = Stream.generate(() -> question.applyAsDouble(pool))
                .limit(3)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        join(pool.close().toCompletionStage());
        return new Figure(tenant, query, what, cold, warm);
    }

    private static double millis(Pool pool, String sql, Tuple parameters) {
        RowSet<Row> rows = join(pool.preparedQuery("explain (analyze, format json) " + sql)
                .execute(parameters)
                .toCompletionStage());
        JsonNode plan = json(String.valueOf(rows.iterator().next().getValue(0))).get(0);
        return plan.get("Planning Time").asDouble() + plan.get("Execution Time").asDouble();
    }

    /** However long it takes on a busy machine. */
    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }
}
