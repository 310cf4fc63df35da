package dev.millrace.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {

    @TempDir
    Path proc;

    private final AtomicLong nanos = new AtomicLong();
    private long commits = 70;

    @BeforeEach
    void boot() throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/stat"), "");
        Files.writeString(proc.resolve("loadavg"), "1.50 1 1 1/1 1\n");
        box(1_000);
        used(1, 100);
        used(2, 200);
        used(3, 300);
    }

    @Test
    void spreadsWhatEachPartyUsedOverTheJobs() throws IOException {
        Meter meter = Meter.start(
                new CpuTime(proc),
                3,
                nanos::get,
                Map.of("api", List.of(1L, 2L), "redis", List.of(2L)),
                List.of(counts -> counts.put("commits", commits)));

        commits += 500;
        nanos.set(2_000_000_000L);
        used(1, 130);
        used(2, 210);
        used(3, 305);
        box(1_300);
        Usage usage = meter.end(1_000);

        assertThat(usage.cpuMicrosPerJob()).isEqualTo(Map.of("producer", 50.0, "api", 400.0, "redis", 100.0));
        assertThat(usage.countsPerJob()).isEqualTo(Map.of("commits", 0.5));
        assertThat(usage.total()).isEqualTo(550);
        assertThat(usage.perSecondOn(2)).isCloseTo(3_636.36, within(0.01));
        assertThat(usage.busyCores()).isCloseTo(1.5, within(1e-9));
        assertThat(usage.loadBefore()).isEqualTo(1.5);
    }

    @Test
    void saysNothingOfProcessorTimeWhereTheSystemDoesNot() throws IOException {
        Files.delete(proc.resolve("self/stat"));

        Usage usage = Meter.start(new CpuTime(proc), 3, nanos::get, Map.of("api", List.of(1L)), List.of())
                .end(10);

        assertThat(usage.cpuMicrosPerJob()).isEmpty();
        assertThat(usage.perSecondOn(2)).isZero();
    }

    private void used(int pid, int ticks) throws IOException {
        Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(
                proc.resolve(pid + "/stat"),
                "%d (x) S 0 5 5 0 -1 4194560 9 9 9 9 %d 0 0 0 20 0 1 0 55 66 77\n".formatted(pid, ticks));
    }

    private void box(int ticks) throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu  %d 0 0 50 0 0 0 0 0 0\n".formatted(ticks));
    }
}
