package dev.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void becomesTheSettingsOfBothDrivers() {
        assertThat(DatabaseUrl.parse("postgresql://me:p%40ss+word@db:6432/jobs?sslmode=require")
                        .settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://db:6432/jobs?sslmode=require",
                        "quarkus.datasource.reactive.url", "postgresql://db:6432/jobs?sslmode=require",
                        "quarkus.datasource.username", "me",
                        "quarkus.datasource.password", "p@ss+word"));
    }

    @Test
    void hasAPortWithoutNamingOne() {
        assertThat(DatabaseUrl.parse("postgres://db/jobs").settings())
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://db:5432/jobs")
                .doesNotContainKey("quarkus.datasource.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://me:secret@db/jobs", "postgresql://me:secret@db", "postgresql:secret", "secret db"})
    void refusesAnotherFormWithoutTellingThePassword(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .hasMessageContaining("postgresql://user:password@host:port/database")
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotPrintItsPassword() {
        assertThat(DatabaseUrl.parse("postgresql://me:secret@db/jobs").toString())
                .doesNotContain("secret");
    }
}
