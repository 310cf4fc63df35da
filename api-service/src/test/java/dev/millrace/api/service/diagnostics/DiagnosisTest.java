package dev.millrace.api.service.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.service.diagnostics.Finding.Level;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    private record Played(String name, Supplier<List<Finding>> finds) implements Check {

        @Override
        public List<Finding> look() {
            return finds.get();
        }
    }

    private Check well() {
        return new Played("well", () -> {
            looks.incrementAndGet();
            return List.of(Finding.ok("well", "It is well."));
        });
    }

    private static Check failing(String name, RuntimeException failure) {
        return new Played(name, () -> {
            throw failure;
        });
    }

    @Test
    void tellsOfTheOthersWhatTheyFoundWhereOneHangsOrFails() {
        CountDownLatch never = new CountDownLatch(1);
        Check hanging = new Played("hanging", () -> {
            try {
                never.await();
            } catch (InterruptedException given) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        List<Check> checks = List.of(
                hanging,
                failing("redis", new StreamsUnavailable("away", new IOException())),
                failing("postgresql", new DatabaseUnavailable("away", new IOException())),
                failing("broken", new IllegalStateException("a secret")),
                well());
        Diagnosis diagnosis = new Diagnosis(checks, System::nanoTime);

        List<Finding> findings = diagnosis.findings();

        assertThat(findings)
                .extracting(Finding::check)
                .containsExactly("hanging", "redis", "postgresql", "broken", "well");
        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.BAD, Level.BAD, Level.BAD, Level.BAD, Level.OK);
        assertThat(findings.getFirst().finding()).contains("no answer within 3 s");
        assertThat(findings.toString()).doesNotContain("secret");
    }

    @Test
    void looksOnceASecondHoweverOftenItIsAsked() {
        Diagnosis diagnosis = new Diagnosis(List.of(well()), nanos::get);
        diagnosis.findings();
        nanos.addAndGet(1_000_000_000L);
        diagnosis.findings();
        assertThat(looks).hasValue(1);

        nanos.addAndGet(1);
        diagnosis.findings();

        assertThat(looks).hasValue(2);
    }
}
