package dev.millrace.proving.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.verdict.Recovery;
import dev.millrace.proving.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Verdict GOOD =
            new Verdict(20_000, 0, 0, 9, 41, 144, new Recovery(List.of(900L, 15_200L)), 20_100, List.of());

    @Test
    void isOneLineOfJson() {
        Report report = report(GOOD, List.of());

        assertThat(report.held()).isTrue();
        assertThat(report.line())
                .isEqualTo(
                        "{\"at\":\"2026-11-21T14:00:00Z\",\"scenario\":\"workers-killed\",\"held\":true,\"seconds\":140,"
                                + "\"jobs\":20000,\"faults\":9,\"lost\":0,\"doubleEnds\":0,\"repeated\":41,\"repeatsExplained\":144,"
                                + "\"recovered\":2,\"recoveryP50Ms\":900,\"recoveryP99Ms\":15200,\"recoveryMaxMs\":15200,"
                                + "\"untilCleanMs\":20100,\"slowestExitMs\":12,\"broken\":[]}");
    }

    @Test
    void doesNotHoldWhereAPromiseOrALimitOfTheScenarioIsBroken() {
        Verdict bad = new Verdict(1, 1, 0, 0, 0, 0, new Recovery(List.of()), 0, List.of("I1: lost"));

        assertThat(report(bad, List.of()).held()).isFalse();
        assertThat(report(GOOD, List.of("too late")).held()).isFalse();
        assertThat(report(bad, List.of("too late")).broken()).containsExactly("I1: lost", "too late");
    }

    @Test
    void isARowOfTheTableWithWhatWasBrokenBelow() {
        assertThat(Table.of(List.of(report(GOOD, List.of("too late"))))).endsWith("""
                        | `workers-killed` | **no** | 140 | 20,000 | 9 | 0 | 0 | 41 / 144 | 0.9 / 15.2 / 15.2 | 20.1 | slowestExitMs 12 |

                        workers-killed: too late
                        """);
    }

    private static Report report(Verdict verdict, List<String> broken) {
        return new Report(
                "workers-killed",
                Instant.parse("2026-11-21T14:00:00.123Z"),
                Duration.ofSeconds(140),
                verdict,
                Map.of("slowestExitMs", 12),
                broken);
    }
}
