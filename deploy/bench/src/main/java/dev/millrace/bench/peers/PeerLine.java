package dev.millrace.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.measure.Usage;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of the harness, read as figures of ours: the same measures under the same names. */
final class PeerLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PARTIES = List.of("producer", "worker", "redis", "pg");

    private final JsonNode line;
    private final int round;
    private final List<Figure> figures = new ArrayList<>();

    private PeerLine(JsonNode line, int round) {
        this.line = line;
        this.round = round;
    }

    /** Figures of a line; none if it is no JSON, or of a workload that we do not have. */
    static List<Figure> read(String text, int round) {
        try {
            return new PeerLine(JSON.readTree(text), round).read();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private List<Figure> read() {
        switch (line.path("workload").asText()) {
            case "w1" -> backlog();
            case "w1e" -> add("end-to-end", "jobs", line, endToEnd());
            case "w2" -> latency();
            case "w3" -> add("io", "jobs", line, List.of(Value.cost("seconds", number("total_s"))));
            default -> figures.clear();
        }
        return figures;
    }

    private void backlog() {
        add("bulk-submit", "jobs", line.path("enqueue"), rate("enqueue_bulk_per_s"));
        add("drain", "drained", line.path("drain"), rate("drain_per_s"));
        add("single-submit", "jobs", JSON.missingNode(), rate("enqueue_single_per_s"));
    }

    private void add(String measure, String jobs, JsonNode usage, List<Value> values) {
        figures.add(new Figure(system(), measure, round, line.path(jobs).asLong(), values, usage(usage), settings()));
    }

    private List<Value> rate(String field) {
        return List.of(Value.rate("perSecond", number(field)));
    }

    /** Theirs have ended for clients when the last call has. */
    private List<Value> endToEnd() {
        return List.of(
                Value.rate("perSecond", number("e2e_per_s")), Value.rate("recordedPerSecond", number("e2e_per_s")));
    }

    private void latency() {
        for (String what : List.of("start", "result")) {
            add("latency-" + what, "jobs", JSON.missingNode(), spread(what));
        }
    }

    private List<Value> spread(String what) {
        List<Value> values = new ArrayList<>();
        JsonNode spread = line.path(what + "_ms");
        for (String share : List.of("p50", "p95", "p99", "max")) {
            String name = what + Character.toUpperCase(share.charAt(0)) + share.substring(1) + "Ms";
            values.add(Value.cost(name, spread.path(share).asDouble()));
        }
        return values;
    }

    private Usage usage(JsonNode from) {
        Map<String, Double> perJob = new LinkedHashMap<>();
        for (String party : PARTIES) {
            JsonNode micros = from.path(party + "_cpu_us_job");
            if (micros.isNumber()) {
                perJob.put(party.equals("pg") ? "postgres" : party, micros.asDouble());
            }
        }
        return new Usage(
                perJob,
                counts(from),
                number("load1_before"),
                from.path("box_busy_cores").asDouble());
    }

    private static Map<String, Double> counts(JsonNode from) {
        Map<String, Double> counts = new LinkedHashMap<>();
        from.path("redis_calls")
                .properties()
                .forEach(one ->
                        counts.put("redis." + one.getKey(), one.getValue().asDouble()));
        put(counts, "redis.commands", from.path("redis_cmds_job"));
        put(counts, "postgres.transactions", from.path("pg_xact_job"));
        return counts;
    }

    private static void put(Map<String, Double> counts, String name, JsonNode number) {
        if (number.isNumber()) {
            counts.put(name, number.asDouble());
        }
    }

    /** {@code bullmq}, or {@code bullmq:always} if it is no default variant. */
    private String system() {
        String variant = line.path("variant").asText("default");
        return line.path("peer").asText() + (variant.equals("default") ? "" : ":" + variant);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", line.path("version").asText());
        settings.put("concurrency", line.path("concurrency").asText());
        settings.put("text", line.path("settings").asText());
        return settings;
    }

    private double number(String field) {
        return line.path(field).asDouble();
    }
}
