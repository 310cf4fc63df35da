package dev.millrace.api.record.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.RealServers;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EndedJobs;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Sessions;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On a table of 300,000 jobs, and on one of a hundred. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobListPgTest {

    private static final int JOBS = 300_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Caller OPERATOR = Caller.ofToken("default", Role.OPERATOR, "test", "t", Instant.MAX);

    private final Vertx vertx = Vertx.vertx();
    private final List<EmbeddedPostgres> servers = new ArrayList<>();
    private final Instant aDayAgo = Instant.now().minus(Duration.ofDays(1));
    private final PageCursor amidst =
            new PageCursor(Instant.now().minus(Duration.ofDays(3)), new JobId(new UUID(7, 7)));
    private final SeededFilters filters = new SeededFilters(aDayAgo);
    private Pool few;
    private Pool many;
    private JobQueries queries;

    @BeforeAll
    void fill(@TempDir Path folder) throws SQLException {
        few = filled(folder.resolve("few"), 100);
        many = filled(folder.resolve("many"), JOBS);
        queries = new JobQueries(many);
    }

    @AfterAll
    void stop() {
        RealServers.await(vertx.close().toCompletionStage());
        servers.forEach(EmbeddedPostgres::close);
    }

    @Test
    void everyTwoFiltersReadAFewThousandJobsByIndexesWhateverTheSizeOfTheTable() {
        for (Pool table : List.of(few, many)) {
            JobQueries asked = new JobQueries(table);
            for (JobFilter filter :
                    filters.queries().stream().map(JobListPgTest::filter).toList()) {
                RealServers.await(asked.index(filter)).ifPresent(index -> {
                    assertReadsFew(table, filter, Walk.page(index, filter, null, 50));
                    assertReadsFew(table, filter, Walk.page(index, filter, amidst, 50));
                    assertReadsFew(table, filter, Walk.counts(index, filter, null));
                });
            }
        }
    }

    @Test
    void pagesHaveExactlyTheJobsThatPass() {
        for (String query : List.of(
                "state=FAILED",
                "state=FAILED&task=seeded.1&queue=seeded.0",
                "state=FAILED&tag=oldest",
                "state=CANCELLED&tag=tenth",
                "state=CANCELLED&createdAfter=" + aDayAgo,
                "scheduleId=seeded&queue=seeded.1",
                "state=SUCCEEDED&queue=seeded.2&tag=oldest")) {
            assertThat(listed(filter(query))).as(query).isEqualTo(passing(query));
        }
    }

    @Test
    void aPageStopsBeforeItIsFullRatherThanLookOnForLong() {
        JobPage stopped = RealServers.await(queries.list(filter("tag=oldest&scheduleId=none"), null, 200));
        JobPage found = RealServers.await(queries.list(filter("state=CANCELLED&queue=seeded.1"), null, 200));

        assertThat(stopped.rows()).isEmpty();
        assertThat(stopped.next()).isNotNull();
        assertThat(found.rows()).hasSize(JOBS / 5000);
        assertThat(found.next()).isNull();
    }

    @Test
    void aSearchFindsExactlyTheJobsThatHaveAllItsWords() {
        rows("update api.job set metadata = '{\"customer\":\"acme\",\"floor\":3}' where id in (select id from api.job"
                + " where state = 'FAILED' order by created_at limit 40)");
        rows("update api.job set payload = '{\"to\":[\"a\",{\"b/c\":1.50}]}' where id in (select id from api.job"
                + " where state = 'CANCELLED' order by created_at limit 20)");
        Map<String, String> meant = Map.of(
                "ioexception", "error_type ilike '%ioexception%'",
                "SEEDED state", "false",
                "tenth oldest", "'tenth' = any(tags) and 'oldest' = any(tags)",
                "customer=acme", "metadata like '%acme%'",
                "floor=3 ioexception", "metadata like '%acme%'",
                "/to/1/b~1c=1.50", "payload like '%1.50%'",
                "/to/1/b~1c=1.5", "false",
                "/to/0=a eeded.1", "payload like '%1.50%' and task = 'seeded.1'",
                "/value=0123", "false");
        meant.forEach((typed, sql) -> {
            List<UUID> expected = new ArrayList<>();
            rows("select id from api.job where " + sql + " order by created_at desc, id desc")
                    .forEach(row -> expected.add(row.getUUID(0)));

            assertThat(listed(filter("q=" + typed))).as(typed).isEqualTo(expected);
        });
    }

    @Test
    void theBeginningOfAnIdIsLookedUpAndPagedThrough() {
        String middle = rows("select id::text from api.job order by id offset 150000 limit 1")
                .iterator()
                .next()
                .getString(0);
        for (String typed : List.of(middle, middle.substring(0, 9), middle.substring(0, 8) + " oldest")) {
            for (Pool table : List.of(few, many)) {
                assertReadsFew(table, filter("q=" + typed), Walk.page(ListIndex.ID, filter("q=" + typed), null, 50));
                assertReadsFew(table, filter("q=" + typed), Walk.counts(ListIndex.ID, filter("q=" + typed), null));
            }
        }
        String eight = middle.substring(0, 8);
        List<UUID> beginning = new ArrayList<>();
        rows("select id from api.job where id::text like '" + eight + "%' order by id desc")
                .forEach(row -> beginning.add(row.getUUID(0)));

        assertThat(listed(filter("q=" + middle))).containsExactly(UUID.fromString(middle));
        assertThat(listed(filter("q=" + eight), 1)).isEqualTo(beginning).hasSizeGreaterThan(20);
        assertThat(listed(filter("q=00000000-0"))).isEmpty();
    }

    private List<UUID> listed(JobFilter filter) {
        return listed(filter, JobQueries.MAX_PAGE);
    }

    private List<UUID> listed(JobFilter filter, int limit) {
        List<UUID> listed = new ArrayList<>();
        PageCursor next = null;
        do {
            JobPage page = RealServers.await(queries.list(filter, next, limit));
            page.rows().forEach(row -> listed.add(row.id().uuid()));
            next = page.next();
        } while (next != null);
        return listed;
    }

    @Test
    void countsByStateTaskAndQueueLookAtNoJob() {
        for (String query : filters.queries()) {
            JobFilter filter = filter(query);
            if (filter.isCounted()) {
                Counts counts = RealServers.await(queries.counts(filter, null));

                assertThat(counts.next()).isNull();
                assertThat(counts.byState()).as(query).isEqualTo(counted(query));
            }
        }
    }

    @Test
    void otherCountsComeInPartsThatAddUp() {
        for (String query : List.of("task=seeded.1&createdAfter=" + aDayAgo, "tag=tenth", "scheduleId=seeded")) {
            Map<JobState, Long> sum = new EnumMap<>(JobState.class);
            PageCursor next = null;
            int parts = 0;
            do {
                Counts counts = RealServers.await(queries.counts(filter(query), next));
                counts.byState().forEach((state, n) -> sum.merge(state, n, Long::sum));
                next = counts.next();
                parts++;
            } while (next != null);

            assertThat(sum).as(query).isEqualTo(counted(query));
            assertThat(parts).as(query).isGreaterThan(passing(query).size() > Walk.MOST ? 1 : 0);
        }
    }

    private Pool filled(Path folder, int jobs) throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder));
        servers.add(postgres);
        Flyway.configure()
                .dataSource("jdbc:" + postgres.url().replace("postgres@", "") + "?user=postgres", "postgres", "")
                .load()
                .migrate();
        try (Connection connection = postgres.connect()) {
            EndedJobs.add(connection, jobs);
        }
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(Sessions.any(PgConnectOptions.fromUri(postgres.url())))
                .using(vertx)
                .build();
    }

    private static JobFilter filter(String query) {
        return SeededFilters.filter(OPERATOR, query);
    }

    private static void assertReadsFew(Pool table, JobFilter filter, Walk walk) {
        Row plan = RealServers.await(table.preparedQuery("explain (analyze, timing off, format json) " + walk.sql())
                        .execute(walk.parameters())
                        .toCompletionStage())
                .iterator()
                .next();
        String text = String.valueOf(plan.getValue(0));
        JsonNode root = json(text).get(0).get("Plan");
        assertThat(sequentialScans(root)).as("%s: %s", filter, text).isZero();
        assertThat(rowsRead(root)).as("%s: %s", filter, text).isLessThanOrEqualTo(2L * Walk.MOST + 500);
    }

    private static long sequentialScans(JsonNode node) {
        boolean one = node.path("Node Type").asText().equals("Seq Scan")
                && node.path("Relation Name").asText().matches("job|job_tag");
        long scans = one ? 1 : 0;
        for (JsonNode child : node.path("Plans")) {
            scans += sequentialScans(child);
        }
        return scans;
    }

    /** Of the table, whether or not they passed. */
    private static long rowsRead(JsonNode node) {
        long rows = 0;
        if (node.path("Relation Name").asText().equals("job")) {
            double each = node.path("Actual Rows").asDouble()
                    + node.path("Rows Removed by Filter").asDouble()
                    + node.path("Rows Removed by Index Recheck").asDouble();
            rows = Math.round(each * node.path("Actual Loops").asDouble());
        }
        for (JsonNode child : node.path("Plans")) {
            rows += rowsRead(child);
        }
        return rows;
    }

    private List<UUID> passing(String query) {
        List<UUID> ids = new ArrayList<>();
        rows("select id from api.job where " + sql(query) + " order by created_at desc, id desc")
                .forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }

    private Map<JobState, Long> counted(String query) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, 0L);
        }
        rows("select state, count(*) from api.job where " + sql(query) + " group by state")
                .forEach(row -> counts.put(JobState.valueOf(row.getString(0)), row.getLong(1)));
        return counts;
    }

    private Iterable<Row> rows(String sql) {
        return RealServers.await(many.query(sql).execute().toCompletionStage());
    }

    /** What a query means, looked for without any index in mind. */
    private static String sql(String query) {
        StringBuilder sql = new StringBuilder("true");
        for (String one : query.isEmpty() ? new String[0] : query.split("&")) {
            String value = "'" + one.substring(one.indexOf('=') + 1) + "'";
            sql.append(" and ")
                    .append(
                            switch (SeededFilters.name(one)) {
                                case "tag" -> value + " = any(tags)";
                                case "scheduleId" -> "schedule_id = " + value;
                                case "createdAfter" -> "created_at > " + value;
                                case "createdBefore" -> "created_at < " + value;
                                default -> SeededFilters.name(one) + " = " + value;
                            });
        }
        return sql.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
