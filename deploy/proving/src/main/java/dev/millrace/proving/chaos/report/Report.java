package dev.millrace.proving.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.proving.checker.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found of one scenario.
 *
 * @param took from the first submit to the last end
 * @param seen what the checker counted
 * @param faults that were inflicted
 * @param doubleEnds second ends that should not have been, and ends that a client saw change
 * @param untilClean from the last end until Redis was clean
 * @param figures of this scenario alone
 * @param broken a sentence for each promise or limit that was broken
 */
public record Report(
        String scenario,
        Instant at,
        Duration took,
        Figures seen,
        int faults,
        long doubleEnds,
        Duration untilClean,
        Map<String, Object> figures,
        List<String> broken) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Report {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        broken = List.copyOf(broken);
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
        line.put("jobs", seen.accepted());
        line.put("faults", faults);
        line.put("lost", seen.lost());
        line.put("doubleEnds", doubleEnds);
        line.put("repeated", seen.repeated());
        line.put("recovered", seen.recovered());
        line.put("recoveryP50Ms", seen.recoveryP50());
        line.put("recoveryP99Ms", seen.recoveryP99());
        line.put("recoveryMaxMs", seen.recoveryMax());
        line.put("untilCleanMs", untilClean.toMillis());
        figures.forEach(line::putPOJO);
        broken.forEach(line.putArray("broken")::add);
        return line.toString();
    }
}
