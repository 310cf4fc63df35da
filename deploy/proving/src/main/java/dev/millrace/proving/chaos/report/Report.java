package dev.millrace.proving.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.proving.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found of one scenario.
 *
 * @param took from the first submit to the last end
 * @param figures of this scenario alone
 * @param broken a sentence for each promise or limit that was broken
 */
public record Report(
        String scenario, Instant at, Duration took, Verdict verdict, Map<String, Object> figures, List<String> broken) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Report {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        List<String> all = new ArrayList<>(verdict.broken());
        all.addAll(broken);
        broken = List.copyOf(all);
    }

    public boolean held() {
        return broken.isEmpty();
    }

    /** As one line of JSON, without a line's end. */
    public String line() {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("scenario", scenario);
        line.put("held", held());
        line.put("seconds", took.toSeconds());
        line.put("jobs", verdict.jobs());
        line.put("faults", verdict.faults());
        line.put("lost", verdict.lost());
        line.put("doubleEnds", verdict.doubleEnds());
        line.put("repeated", verdict.repeated());
        line.put("repeatsExplained", verdict.repeatsExplained());
        line.put("recovered", verdict.recovery().sorted().size());
        line.put("recoveryP50Ms", verdict.recovery().percentile(50));
        line.put("recoveryP99Ms", verdict.recovery().percentile(99));
        line.put("recoveryMaxMs", verdict.recovery().longest());
        line.put("untilCleanMs", verdict.untilCleanMs());
        figures.forEach(line::putPOJO);
        broken.forEach(line.putArray("broken")::add);
        return line.toString();
    }
}
