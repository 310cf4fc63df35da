package dev.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.measure.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void tellsAFigureInOneLine() throws Exception {
        Figure figure = figure("millrace", 1, 12_345.678, usage(10.04, 20));

        String line = new JsonLine(2).of(figure, Instant.parse("2026-11-21T10:00:00.5Z"));

        assertThat(line).doesNotContain("\n");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("at").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(read.path("measure").asText()).isEqualTo("drain");
        assertThat(read.path("perSecond").asDouble()).isEqualTo(12_346);
        assertThat(read.at("/cpuMicrosPerJob/api").asDouble()).isEqualTo(10.04);
        assertThat(read.at("/cpuMicrosPerJob/total").asDouble()).isEqualTo(30.04);
        assertThat(read.path("perSecondByCpu").asLong()).isEqualTo(66_578);
        assertThat(read.at("/countsPerJob/redis.fcall").asDouble()).isEqualTo(0.1004);
        assertThat(read.path("load1Before").asDouble()).isEqualTo(3.5);
        assertThat(read.at("/settings/slots").asText()).isEqualTo("16");
    }

    @Test
    void leavesOutWhatTheSystemDoesNotTell() throws Exception {
        String line = new JsonLine(2).of(figure("millrace", 1, 1, Usage.NONE), Instant.EPOCH);

        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("cpuMicrosPerJob")).isEmpty();
        assertThat(read.has("perSecondByCpu")).isFalse();
    }

    @Test
    void showsTheBestOfAllRoundsBesideThePeer() {
        String table = new Table(List.of(
                        figure("millrace", 1, 10_000, usage(50, 20)),
                        figure("bullmq", 1, 5_000, usage(30, 30)),
                        figure("millrace", 2, 30_000, usage(40, 20)),
                        figure("bullmq", 2, 12_000, usage(25, 30))))
                .text();

        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().toList().getLast())
                .contains("drain", "| 30,000 ", "| 12,000 ", "| 2.50 ")
                .contains("api 40.0, redis 20.0; sum 60.0", "api 25.0, redis 30.0; sum 55.0");
    }

    @Test
    void takesTheShorterTimeForTheBetter() {
        Figure ours =
                new Figure("millrace", "latency", 1, 10, List.of(Value.cost("startP50Ms", 2)), Usage.NONE, Map.of());
        Figure again =
                new Figure("millrace", "latency", 2, 10, List.of(Value.cost("startP50Ms", 3)), Usage.NONE, Map.of());
        Figure theirs =
                new Figure("bullmq", "latency", 1, 10, List.of(Value.cost("startP50Ms", 1)), Usage.NONE, Map.of());

        String row =
                new Table(List.of(ours, again, theirs)).text().lines().toList().getLast();

        assertThat(row).contains("| 2.00 ", "| 1.00 ", "| 0.50 ");
    }

    @Test
    void showsWhatOnlyOneOfThemHas() {
        Figure ours = new Figure(
                "millrace", "crowd-submit", 1, 10, List.of(Value.rate("perSecond", 5)), Usage.NONE, Map.of());

        String row = new Table(List.of(figure("bullmq", 1, 7, Usage.NONE), ours))
                .text()
                .lines()
                .toList()
                .getLast();

        assertThat(row).contains("crowd-submit", "| 5.00 ", "| –");
    }

    @Test
    void showsAPeersOneFigureBesideOursColdAndWarm() {
        Figure cold =
                new Figure("millrace", "drain-cold", 1, 10, List.of(Value.rate("perSecond", 5)), Usage.NONE, Map.of());

        List<String> rows = new Table(
                        List.of(cold, figure("millrace", 1, 20, Usage.NONE), figure("bullmq", 1, 10, Usage.NONE)))
                .text()
                .lines()
                .toList();

        assertThat(rows.get(2)).contains("drain-cold", "| 10.00 ", "| 0.50 ");
        assertThat(rows.get(3)).contains("| 10.00 ", "| 2.00 ");
    }

    @Test
    void showsTheLeastOfWhatWasCounted() {
        String table = new CountTable(List.of(
                        figure("millrace", 1, 1, usage(50, 20)),
                        figure("millrace", 2, 1, usage(40, 20)),
                        figure("bullmq", 2, 1, usage(1, 1))))
                .text();

        assertThat(table.lines()).hasSize(3);
        assertThat(table).contains("drain", "redis.fcall", "0.40");
    }

    @Test
    void saysWhichCeilingsWereBroken() {
        Ceilings ceilings = new Ceilings(List.of(
                new Ceilings.Ceiling("drain", "redis.fcall", 0.45),
                new Ceilings.Ceiling("drain", "postgres.commits", 0),
                new Ceilings.Ceiling("other", "redis.fcall", 0)));

        assertThat(ceilings.broken(List.of(
                        figure("millrace", 1, 1, usage(40, 1)),
                        figure("millrace", 2, 1, usage(50, 1)),
                        small(usage(70, 1)),
                        figure("bullmq", 2, 1, usage(60, 1)))))
                .containsExactly("drain, round 2: 0.5000 redis.fcall a job, where the ceiling is 0.45.");
    }

    private static Figure figure(String system, int round, double rate, Usage usage) {
        return new Figure(
                system, "drain", round, 50_000, List.of(Value.rate("perSecond", rate)), usage, Map.of("slots", "16"));
    }

    private static Figure small(Usage usage) {
        return new Figure("millrace", "drain", 3, 999, List.of(), usage, Map.of());
    }

    private static Usage usage(double api, double redis) {
        Map<String, Double> perJob = new LinkedHashMap<>();
        perJob.put("api", api);
        perJob.put("redis", redis);
        return new Usage(perJob, Map.of("redis.fcall", api / 100), 3.5, 1.9);
    }
}
