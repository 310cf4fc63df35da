package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresUrlTest {

    @Test
    void neverShowsItsPassword() {
        PostgresUrl url = PostgresUrl.parse("postgresql://me:s3cret@db.example:6000/jobs");

        assertThat(url).hasToString("postgresql://db.example:6000/jobs");
        assertThatThrownBy(() -> PostgresUrl.parse("mysql://me:s3cret@db.example/jobs"))
                .hasMessageContaining("mysql://db.example/jobs")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://me:s3cret^@db.example/jobs"))
                .hasMessageContaining("percent-encoded")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void knowsTheUsualPort() {
        assertThat(PostgresUrl.parse("postgresql://db.example/jobs").port()).isEqualTo(5432);
    }

    @Test
    void wantsADatabase() {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://db.example"))
                .hasMessageContaining("postgresql://user:password@host:port/database");
    }
}
