package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.submit.Shape;
import dev.millrace.bench.workload.Workload;
import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.Form;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    private static final Path CHECKOUT = Path.of("/checkout");

    @Test
    void measureEverythingOnceByDefault() {
        BenchOptions options = parse();

        assertThat(options.workloads())
                .containsExactlyElementsOf(Workload.usual())
                .doesNotContain(Workload.SCHEDULES, Workload.LISTENERS, Workload.WORKFLOWS);
        assertThat(options.form()).isEqualTo(Form.JVM);
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.plan().jobs()).isEqualTo(50_000);
        assertThat(options.plan().clients()).isEqualTo(4);
        assertThat(options.plan().warm()).isEqualTo(100_000);
        assertThat(options.aot()).isFalse();
        assertThat(options.plan().pool().workers()).isEqualTo(1);
        assertThat(options.plan().pool().slots()).isEmpty();
        assertThat(options.plan().pool().prefetch()).isEmpty();
        assertThat(options.plan().pool().queues()).containsExactly("bench");
        assertThat(options.plan().shape()).isEqualTo(Shape.USUAL);
        assertThat(options.plan().rate()).isEqualTo(100);
        assertThat(options.endedRows()).isZero();
        assertThat(options.url()).isEmpty();
        assertThat(options.home()).isEqualTo(Path.of("/checkout/.millrace"));
    }

    @Test
    void takeEachWithASpaceOrAnEqualsSign() {
        BenchOptions options = parse(
                "--jobs=9",
                "--workers",
                "2",
                "--slots=3",
                "--prefetch",
                "0",
                "--clients=5",
                "--warm=0",
                "--aot",
                "--payload=16384",
                "--queues=2",
                "--rate=250",
                "--listeners=20",
                "--ended-rows=1000",
                "--rounds",
                "6",
                "--workload=io,latency",
                "--native",
                "--url",
                "http://127.0.0.1:8080/");

        assertThat(options.plan().jobs()).isEqualTo(9);
        assertThat(options.plan().clients()).isEqualTo(5);
        assertThat(options.plan().pool().workers()).isEqualTo(2);
        assertThat(options.plan().pool().slots()).hasValue(3);
        assertThat(options.plan().pool().prefetch()).hasValue(0);
        assertThat(options.plan().warm()).isZero();
        assertThat(options.form()).isEqualTo(Form.NATIVE);
        assertThat(options.aot()).isTrue();
        assertThat(options.plan().shape()).isEqualTo(new Shape(16_384, 2));
        assertThat(options.plan().pool().queues()).containsExactly("bench", "bench-2");
        assertThat(options.plan().rate()).isEqualTo(250);
        assertThat(options.plan().listeners()).isEqualTo(20);
        assertThat(options.endedRows()).isEqualTo(1_000);
        assertThat(options.rounds()).isEqualTo(6);
        assertThat(options.workloads()).containsExactly(Workload.LATENCY, Workload.IO);
        assertThat(options.url()).hasValue(URI.create("http://127.0.0.1:8080"));
    }

    @Test
    void measureTwiceBesidePeers() {
        BenchOptions options =
                BenchOptions.parse(CHECKOUT, List.of("--peers", "bullmq,rq"), Map.of("BENCH_PEERS", "/harness"));

        assertThat(options.peers()).containsExactly("bullmq", "rq");
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.harness()).hasValue(Path.of("/harness"));
    }

    @Test
    void takeTheFirstRedisServerOnThePathUnlessTheEmbeddedOneIsWanted(@TempDir Path folder) throws IOException {
        Path program = Files.createFile(
                folder.resolve("redis-server"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Map<String, String> environment = Map.of("PATH", "/nowhere::" + folder);

        assertThat(BenchOptions.parse(CHECKOUT, List.of(), environment).redisServer())
                .hasValue(program);
        assertThat(BenchOptions.parse(CHECKOUT, List.of("--embedded-redis"), environment)
                        .redisServer())
                .isEmpty();
        assertThat(parse().redisServer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--jobs 0 | --jobs takes a number from 1 to 1000000, not '0'.",
                "--jobs many | not 'many'",
                "--slots 10001 | from 1 to 10000",
                "--prefetch -1 | from 0 to 10000",
                "--rounds 21 | from 1 to 20",
                "--clients | --clients lacks its value",
                "--workload w9 | There is no workload 'w9': --workload takes cold, cold-clients, backlog, e2e,"
                        + " clients, latency, delay, io, single, idle, listeners, schedules, workflows or all.",
                "--workload a;b | takes words with commas",
                "--url localhost | such as http://127.0.0.1:8080, not 'localhost'",
                "--fast | 'bench' has no option '--fast'",
                "--peers bullmq | needs BENCH_PEERS"
            })
    void refuseWhatMakesNoSense(String arguments, String sentence) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusePeersBesideAStackThatRuns() {
        assertThatThrownBy(() -> BenchOptions.parse(
                        CHECKOUT,
                        List.of("--peers", "bullmq", "--url", "http://127.0.0.1:1"),
                        Map.of("BENCH_PEERS", "/harness")))
                .hasMessageContaining("do not go together");
    }

    private static BenchOptions parse(String... arguments) {
        return BenchOptions.parse(CHECKOUT, List.of(arguments), Map.of());
    }
}
