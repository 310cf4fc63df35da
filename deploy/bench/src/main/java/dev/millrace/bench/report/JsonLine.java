package dev.millrace.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.bench.measure.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A figure as one line of JSON, for whoever collects them. */
public final class JsonLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int cores;

    /** {@code cores} is how many processors the box has. */
    public JsonLine(int cores) {
        this.cores = cores;
    }

    /** Without a line's end. */
    public String of(Figure figure, Instant at) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("system", figure.system());
        line.put("measure", figure.measure());
        line.put("round", figure.round());
        line.put("jobs", figure.jobs());
        figure.values().forEach(value -> line.put(value.name(), rounded(value.number())));
        usage(line, figure.usage());
        ObjectNode settings = line.putObject("settings");
        figure.settings().forEach(settings::put);
        return line.toString();
    }

    private void usage(ObjectNode line, Usage usage) {
        ObjectNode perJob = line.putObject("cpuMicrosPerJob");
        usage.cpuMicrosPerJob().forEach((party, micros) -> perJob.put(party, rounded(micros)));
        if (usage.total() > 0) {
            perJob.put("total", rounded(usage.total()));
            line.put("perSecondByCpu", Math.round(usage.perSecondOn(cores)));
        }
        ObjectNode counts = line.putObject("countsPerJob");
        usage.countsPerJob().forEach((name, count) -> counts.put(name, Math.rint(count * 10_000) / 10_000));
        line.put("cores", cores);
        line.put("load1Before", rounded(usage.loadBefore()));
        line.put("boxBusyCores", rounded(usage.busyCores()));
    }

    private static double rounded(double number) {
        return Math.abs(number) >= 1_000 ? Math.rint(number) : Math.rint(number * 100) / 100;
    }
}
