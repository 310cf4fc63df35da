package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.log.QuotesData;
import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BadDataTest {

    @Test
    void isWhatPostgresqlRefusesForTheDataAlsoBehindWhatWrapsIt() {
        PgException refused = new PgException("null character not permitted", "ERROR", "22021", "");

        assertThat(BadData.or(refused)).isInstanceOf(BadData.class).isInstanceOf(QuotesData.class);
        assertThat(BadData.or(new CompletionException(refused)))
                .hasMessage("PostgreSQL refused it: null character not permitted");
    }

    @Test
    void isWhatCannotBeWrittenAsItsTypes() {
        assertThat(BadData.or(new DateTimeException("the year 1000000000"))).isInstanceOf(BadData.class);
        assertThat(BadData.or(new ArithmeticException("long overflow"))).isInstanceOf(BadData.class);
    }

    @Test
    void isNothingThatAnotherTryMayMend() {
        PgException deadlock = new PgException("deadlock detected", "ERROR", "40P01", "");
        DatabaseUnavailable away = new DatabaseUnavailable("PostgreSQL cannot be asked.", deadlock);

        assertThat(BadData.or(deadlock)).isSameAs(deadlock);
        assertThat(BadData.or(away)).isSameAs(away);
    }
}
