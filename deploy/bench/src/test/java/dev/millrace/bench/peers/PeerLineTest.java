package dev.millrace.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerLineTest {

    @Test
    void readsABacklogAsThreeFigures() {
        List<Figure> figures = PeerLine.read("""
                {"peer": "bullmq", "workload": "w1", "version": "6", "settings": "s", "concurrency": 50, "load1_before": 1.6,
                 "jobs": 50000, "enqueue_bulk_per_s": 34106,
                 "enqueue": {"producer_cpu_us_job": 20.0, "redis_cpu_us_job": 16.1, "box_busy_cores": 1.2},
                 "drained": 49999, "drain_per_s": 25134, "drain": {"worker_cpu_us_job": 32.0, "redis_cpu_us_job": 35.0,
                   "redis_cmds_job": 26.4, "redis_calls": {"evalsha": 1.5}},
                 "enqueue_single_per_s": 6416}""", 2);

        assertThat(figures).extracting(Figure::measure).containsExactly("bulk-submit", "drain", "single-submit");
        assertThat(figures).extracting(Figure::system).containsOnly("bullmq");
        assertThat(figures).extracting(Figure::round).containsOnly(2);
        assertThat(figures.getFirst().usage().cpuMicrosPerJob()).isEqualTo(Map.of("producer", 20.0, "redis", 16.1));
        assertThat(figures.get(1).jobs()).isEqualTo(49_999);
        assertThat(figures.get(1).values()).containsExactly(Value.rate("perSecond", 25_134));
        assertThat(figures.get(1).usage().countsPerJob())
                .isEqualTo(Map.of("redis.commands", 26.4, "redis.evalsha", 1.5));
        assertThat(figures.get(2).usage().total()).isZero();
    }

    @Test
    void readsLatenciesUnderOurNames() {
        List<Figure> figures = PeerLine.read("""
                {"peer": "bullmq", "workload": "w2", "jobs": 1000,
                 "start_ms": {"p50": 0.8, "p95": 1.6, "p99": 3.2, "max": 9.0},
                 "result_ms": {"p50": 1.2, "p95": 2.4, "p99": 4.6, "max": 10.0}}""", 1);

        assertThat(figures).extracting(Figure::measure).containsExactly("latency-start", "latency-result");
        assertThat(figures.get(0).values())
                .contains(Value.cost("startP50Ms", 0.8))
                .hasSize(4);
        assertThat(figures.get(1).values()).contains(Value.cost("resultP99Ms", 4.6), Value.cost("resultMaxMs", 10));
    }

    @Test
    void readsEndToEndAndSleepers() {
        assertThat(PeerLine.read("{\"peer\":\"b\",\"workload\":\"w1e\",\"jobs\":9,\"e2e_per_s\":14853}", 1)
                        .getFirst()
                        .values())
                .containsExactly(Value.rate("perSecond", 14_853), Value.rate("recordedPerSecond", 14_853));
        assertThat(PeerLine.read("{\"peer\":\"b\",\"workload\":\"w3\",\"jobs\":9,\"total_s\":0.82}", 1)
                        .getFirst()
                        .values())
                .containsExactly(Value.cost("seconds", 0.82));
    }

    @Test
    void tellsVariantsApart() {
        assertThat(PeerLine.read("{\"peer\":\"b\",\"variant\":\"always\",\"workload\":\"w1e\"}", 1))
                .extracting(Figure::system)
                .containsExactly("b:always");
        assertThat(PeerLine.read("{\"peer\":\"b\",\"variant\":\"default\",\"workload\":\"w1e\"}", 1))
                .extracting(Figure::system)
                .containsExactly("b");
    }

    @Test
    void passesOverEverythingElse() {
        assertThat(PeerLine.read("added 12 packages in 3s", 1)).isEmpty();
        assertThat(PeerLine.read("{\"peer\":\"b\",\"workload\":\"w5\"}", 1)).isEmpty();
    }
}
