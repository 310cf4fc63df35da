package dev.millrace.proving.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.proving.fencing.ImportOrders.Supplier;
import dev.millrace.task.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The example of the page "What we promise", on a real PostgreSQL. */
@Tag("slow")
class ImportOrdersTest {

    private static final Supplier ACME = new Supplier("acme");
    private static final List<List<String>> PAGES = List.of(List.of("a1", "a2"), List.of("b1"), List.of("c1", "c2"));
    private static final List<String> ALL = PAGES.stream().flatMap(List::stream).toList();
    private static final UUID JOB = new UUID(1, 2);
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static PGSimpleDataSource database;

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("data")));
        database = new PGSimpleDataSource();
        database.setURL("jdbc:" + postgres.url().replace("postgres@", "") + "?user=postgres");
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void makeTheTablesOfThePage() throws Exception {
        execute("DROP TABLE IF EXISTS orders, import_progress");
        execute(block("sql"));
    }

    @Test
    void importsEachOrderOnce() throws SQLException {
        task(ImportOrdersTest::page).run(ACME, JOB, FIRST);

        assertThat(orders()).containsExactlyElementsOf(ALL);
    }

    @Test
    void goesOnWhereARunThatDiedHasStopped() throws SQLException {
        List<Integer> asked = new ArrayList<>();
        ImportOrders dies = task((supplier, page) -> {
            if (page == 2) {
                throw new IllegalStateException("The worker dies here.");
            }
            return page(supplier, page);
        });
        assertThatThrownBy(() -> dies.run(ACME, JOB, FIRST)).hasMessage("The worker dies here.");

        ImportOrders lives = task((supplier, page) -> {
            asked.add(page);
            return page(supplier, page);
        });
        lives.run(ACME, JOB, SECOND);

        assertThat(orders()).containsExactlyElementsOf(ALL);
        assertThat(asked).containsExactly(2, 3);
    }

    @Test
    void I7_aRunThatWasPausedWritesNothingOnceALaterOneIsAtWork() throws SQLException {
        ImportOrders overtaken = task((supplier, page) -> {
            if (page == 1) {
                finishALaterRun();
            }
            return page(supplier, page);
        });

        Throwable end = catchThrowable(() -> overtaken.run(ACME, JOB, FIRST));

        assertThat(end).isInstanceOf(PermanentFailure.class).hasMessageContaining("later run");
        assertThat(orders()).containsExactlyElementsOf(ALL);
    }

    @Test
    void I7_aRunThatWakesBeforeItsFirstWriteDoesNotTakeTheJobBack() throws SQLException {
        task(ImportOrdersTest::page).run(ACME, JOB, SECOND);

        assertThatThrownBy(() -> task(ImportOrdersTest::page).run(ACME, JOB, FIRST))
                .isInstanceOf(PermanentFailure.class);

        assertThat(orders()).containsExactlyElementsOf(ALL);
    }

    @Test
    void thePageShowsTheseVeryLines() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/millrace/proving/fencing/ImportOrders.java"));

        Matcher shown =
                Pattern.compile("// page\n(.*)// page\n", Pattern.DOTALL).matcher(source);
        assertThat(shown.find()).isTrue();
        assertThat(block("java")).isEqualTo(shown.group(1));
    }

    private static void finishALaterRun() {
        try {
            task(ImportOrdersTest::page).run(ACME, JOB, SECOND);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ImportOrders task(Pages pages) {
        return new ImportOrders(database, pages);
    }

    private static List<String> page(Supplier supplier, int number) {
        return number < PAGES.size() ? PAGES.get(number) : List.of();
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).as("a block of " + language + " on the page").isTrue();
        return block.group(1);
    }

    private static List<String> orders() throws SQLException {
        try (Connection db = database.getConnection();
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM orders ORDER BY id")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection db = database.getConnection();
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }
}
