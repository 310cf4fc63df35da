package dev.millrace.api.jobs.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintPgTest {

    private final RealServers servers = RealServers.get();

    /** Frames, those above them parted by a comma. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.example.Mail.send(Mail.java:7) | com.example.Mail.send",
                "app//com.example.Mail.send(Mail.java:7) | com.example.Mail.send",
                "example@1.0/com.example.Mail.send(Mail.java:7) | com.example.Mail.send",
                "java.base/java.util.List.of(List.java:1),com.example.Mail.<init>(Mail.java:7) | com.example.Mail.<init>",
                "app//io.vertx.core.X.run(X.java),com.example.Mail.send(Mail.java:7) | com.example.Mail.send",
                "com.example.Mail.lambda$send$12(Mail.java:7) | com.example.Mail.lambda$send$",
                "com.example.Mail$3.run(Mail.java:7) | com.example.Mail$.run",
                "com.example.Mail$$Lambda/0x0000789.run(Unknown Source),com.example.A.b(A.java) | com.example.A.b",
                "dev.millrace.worker.run.Runner.run(R.java),com.example.A.b(A.java) | com.example.A.b",
                "dev.millrace.worker.tasks.csv.Rows.read(Rows.java:7) | dev.millrace.worker.tasks.csv.Rows.read",
                "javacard.Own.run(Own.java:7) | javacard.Own.run",
                "java.base/java.util.List.of(List.java:1) | ",
                "kotlin.A.b(A.kt),io.quarkus.X.y(X.java) | "
            })
    void isOfTheFirstFrameOfTheUsersOwnCode(String frames, @Nullable String own) {
        assertThat(frame("x.Y: says \"at home(\"\n\tat " + frames.replace(",", "\n\tat ")))
                .isEqualTo(own);
    }

    @Test
    void findsTheFrameOfACauseWhereTheTraceItselfHasNone() {
        assertThat(frame(
                        "x.Y: z\n\tat java.base/java.lang.A.b(A.java)\nCaused by: x.Z\n\tat com.example.C.d(C.java:1)"))
                .isEqualTo("com.example.C.d");
    }

    @Test
    void aTextThatIsNoTraceHasNoFrame() {
        assertThat(frame("at line 1")).isNull();
        assertThat(frame("")).isNull();
        assertThat(frame(null)).isNull();
    }

    @Test
    void isTheSameForAnotherLineAndAnotherOneForAnotherTaskErrorOrPlace() {
        String known = print("mail", "E", "\tat com.example.Mail.send(Mail.java:7)");

        assertThat(known).matches("[0-9a-f]{16}");
        assertThat(print("mail", "E", "\tat com.example.Mail.send(Mail.java:70)"))
                .isEqualTo(known);
        assertThat(print("mail2", "E", "\tat com.example.Mail.send(Mail.java:7)"))
                .isNotEqualTo(known);
        assertThat(print("mail", "F", "\tat com.example.Mail.send(Mail.java:7)"))
                .isNotEqualTo(known);
        assertThat(print("mail", "E", "\tat com.example.Mail.sent(Mail.java:7)"))
                .isNotEqualTo(known);
        assertThat(print("mail", null, null)).isNotEqualTo(print("mail", "E", null));
    }

    private @Nullable String frame(@Nullable String stack) {
        return servers.sql("select api.own_frame($1)", stack).iterator().next().getString(0);
    }

    private String print(String task, @Nullable String type, @Nullable String stack) {
        return Objects.requireNonNull(servers.sql("select api.fingerprint($1, $2, $3)", task, type, stack)
                .iterator()
                .next()
                .getString(0));
    }
}
