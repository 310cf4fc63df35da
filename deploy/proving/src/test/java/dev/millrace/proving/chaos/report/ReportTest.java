package dev.millrace.proving.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.checker.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Figures SEEN = new Figures(20_000, 0, 0, 20_041, 41, 9, 2, 900, 15_200, 15_200);

    @Test
    void isOneLineOfJson() {
        Report report = report(List.of());

        assertThat(report.held()).isTrue();
        assertThat(report.line())
                .isEqualTo(
                        "{\"at\":\"2026-11-21T14:00:00Z\",\"scenario\":\"workers-killed\",\"held\":true,\"seconds\":140,"
                                + "\"jobs\":20000,\"faults\":9,\"lost\":0,\"doubleEnds\":0,\"repeated\":41,"
                                + "\"recovered\":2,\"recoveryP50Ms\":900,\"recoveryP99Ms\":15200,\"recoveryMaxMs\":15200,"
                                + "\"untilCleanMs\":20100,\"slowestExitMs\":12,\"broken\":[]}");
    }

    @Test
    void doesNotHoldWhereAPromiseOrALimitIsBroken() {
        assertThat(report(List.of("too late")).held()).isFalse();
        assertThat(report(List.of("too late")).line())
                .contains("\"held\":false")
                .endsWith("\"broken\":[\"too late\"]}");
    }

    @Test
    void isARowOfTheTableWithWhatWasBrokenBelow() {
        assertThat(Table.of(List.of(report(List.of("too late"))))).endsWith("""
                        | `workers-killed` | **no** | 140 | 20,000 | 9 | 0 | 0 | 41 | 0.9 / 15.2 / 15.2 | 20.1 | slowestExitMs 12 |

                        workers-killed: too late
                        """);
    }

    private static Report report(List<String> broken) {
        return new Report(
                "workers-killed",
                Instant.parse("2026-11-21T14:00:00.123Z"),
                Duration.ofSeconds(140),
                SEEN,
                9,
                0,
                Duration.ofMillis(20_100),
                Map.of("slowestExitMs", 12),
                broken);
    }
}
