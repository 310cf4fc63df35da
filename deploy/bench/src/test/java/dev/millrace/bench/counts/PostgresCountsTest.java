package dev.millrace.bench.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.PostgresUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PostgresCountsTest {

    @TempDir
    static Path folder;

    @Test
    void areTransactionsThatWroteStatementsAndReadsOfTheWholeTable() throws SQLException {
        EmbeddedPostgres.Options options =
                EmbeddedPostgres.Options.forTests(folder.resolve("postgres")).withSettings(PostgresCounts.SETTINGS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options)) {
            PostgresCounts counter = PostgresCounts.of(PostgresUrl.parse(postgres.url()));
            run(postgres, "create schema api", "create table api.job (id int)");
            Map<String, Long> before = counted(counter);

            run(postgres, "insert into api.job values (1)", "select 1", "select * from api.job");
            Map<String, Long> after = counted(counter);

            assertThat(grown(before, after, "postgres.commits")).isEqualTo(1);
            // Three and what the counter asks itself; sessions that end tell what they have read at once.
            assertThat(grown(before, after, "postgres.statements")).isBetween(3L, 6L);
            assertThat(grown(before, after, "postgres.jobScans")).isEqualTo(1);
            assertThat(grown(before, after, "postgres.walBytes")).isPositive();
        }
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String name) {
        return after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
    }

    private static void run(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static Map<String, Long> counted(PostgresCounts counter) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counter.putInto(counts);
        return counts;
    }
}
