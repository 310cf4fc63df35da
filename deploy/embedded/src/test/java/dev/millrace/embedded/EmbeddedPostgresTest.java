package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresTest {

    @TempDir
    Path folder;

    @Test
    void keepsEveryCommitOverACloseAndAKill9() throws SQLException {
        Path data = folder.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.durable(data))) {
            assertThat(postgres.url()).isEqualTo("postgresql://postgres@127.0.0.1:" + postgres.port() + "/millrace");
            assertThat(value(postgres, "SELECT current_database()")).isEqualTo("millrace");
            assertThat(value(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(value(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            execute(postgres, "CREATE TABLE wheel (turns int)");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.durable(data))) {
            execute(postgres, "INSERT INTO wheel VALUES (7)");

            postgres.kill();
            postgres.restart();

            assertThat(value(postgres, "SELECT turns FROM wheel")).isEqualTo("7");
        }
    }

    @Test
    void leavesNoProcessWhenClosedWithOpenSessions() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("data")));
        try (Connection open = postgres.connect()) {
            assertThat(open.isValid(1)).isTrue();
            List<ProcessHandle> all =
                    ProcessHandle.of(postgres.pid()).orElseThrow().descendants().toList();
            assertThat(all).isNotEmpty();

            postgres.close();

            assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
            assertThat(all).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void doesNotWaitForTheDiskInTests() throws SQLException {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("data")))) {
            assertThat(value(postgres, "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void makesItsFolderAnewIfAFirstStartWasCutShort() throws Exception {
        Files.createDirectories(folder.resolve("data.new").resolve("base"));

        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("data")))) {
            assertThat(value(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(folder.resolve("data.new")).doesNotExist();
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        try (EmbeddedRedis other = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")))) {
            EmbeddedPostgres.Options taken =
                    EmbeddedPostgres.Options.forTests(folder.resolve("data")).withPort(other.port());

            assertThatThrownBy(() -> EmbeddedPostgres.start(taken))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + other.port() + " for PostgreSQL is taken");
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
