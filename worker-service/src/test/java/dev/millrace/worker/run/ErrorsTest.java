package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobError;
import dev.millrace.sensitive.Secrets;
import dev.millrace.sensitive.SensitiveFields;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final Secrets SECRETS =
            SensitiveFields.of("{\"x-sensitive\":true}").secrets("[\"hunter2-hunter2\"]");

    @Test
    void takesSecretsOutBeforeItCuts() {
        JobError error = Errors.of(
                new IllegalStateException("x".repeat(Errors.MAX_MESSAGE - 7) + "hunter2-hunter2 and more"), SECRETS);

        assertThat(error.message()).hasSize(Errors.MAX_MESSAGE).endsWith("x*** and");
        assertThat(error.stackTrace()).doesNotContain("hunter2");
    }

    @Test
    void takesThemOutOfCausesToo() {
        JobError error =
                Errors.of(new IllegalStateException(new IllegalArgumentException("no hunter2-hunter2")), SECRETS);

        assertThat(error.stackTrace()).contains("Caused by: java.lang.IllegalArgumentException: no ***");
        assertThat(error.message()).isEqualTo("java.lang.IllegalArgumentException: no ***");
    }

    @Test
    void saysNothingOfWhatHasNoMessage() {
        assertThat(Errors.of(new IllegalStateException(), SECRETS).message()).isNull();
    }
}
