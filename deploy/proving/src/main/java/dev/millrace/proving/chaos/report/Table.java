package dev.millrace.proving.chaos.report;

import dev.millrace.proving.checker.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All reports, for people, as Markdown. */
public final class Table {

    private static final String HEAD = """
            | scenario | held | seconds | jobs | faults | lost | double ends | repeated | recovery p50 / p99 / max, s | clean after, s | besides |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """;

    private Table() {}

    /** Lines that all end with a line's end; what was broken stands below. */
    public static String of(List<Report> reports) {
        String broken = reports.stream()
                .flatMap(report -> report.broken().stream().map(what -> report.scenario() + ": " + what + "\n"))
                .collect(Collectors.joining());
        return HEAD
                + reports.stream().map(Table::row).collect(Collectors.joining())
                + (broken.isEmpty() ? "" : "\n" + broken);
    }

    private static String row(Report report) {
        Figures seen = report.seen();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %,d | %d | %d | %d | %d | %s | %.1f | %s |%n",
                report.scenario(),
                report.held() ? "yes" : "**no**",
                report.took().toSeconds(),
                seen.accepted(),
                report.faults(),
                seen.lost(),
                report.doubleEnds(),
                seen.repeated(),
                recovery(seen),
                report.untilClean().toMillis() / 1e3,
                besides(report.figures().entrySet()));
    }

    private static String recovery(Figures seen) {
        return seen.recovered() == 0
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.1f / %.1f / %.1f",
                        seen.recoveryP50() / 1e3,
                        seen.recoveryP99() / 1e3,
                        seen.recoveryMax() / 1e3);
    }

    private static String besides(Set<Map.Entry<String, Object>> figures) {
        return figures.stream()
                .map(figure -> figure.getKey() + " " + figure.getValue())
                .collect(Collectors.joining(", "));
    }
}
