package dev.millrace.api.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DbPgTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Db db = new Db(RealServers.get().pool(), System::nanoTime);

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(before);
    }

    /** The client would print a stack trace, a line each, between the lines of logs. */
    @Test
    void aConnectionThatIsLostInUseIsToldToTheCallerAndNotToTheConsole() {
        assertThatThrownBy(() -> db.session(LIMIT, tx -> tx.run("select pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(DatabaseUnavailable.class);

        long one = db.session(LIMIT, tx -> tx.number("select 1"));
        assertThat(one).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }
}
