package dev.millrace.proving.chaos.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All reports, for people, as Markdown. */
public final class Table {

    private static final String HEAD = """
            | scenario | held | seconds | jobs | faults | lost | double ends | repeated / explained | recovery p50 / p99 / max, s | clean after, s | besides |
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
        var verdict = report.verdict();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %,d | %d | %d | %d | %d / %d | %s | %.1f | %s |%n",
                report.scenario(),
                report.held() ? "yes" : "**no**",
                report.took().toSeconds(),
                verdict.jobs(),
                verdict.faults(),
                verdict.lost(),
                verdict.doubleEnds(),
                verdict.repeated(),
                verdict.repeatsExplained(),
                recovery(report),
                verdict.untilCleanMs() / 1e3,
                besides(report.figures().entrySet()));
    }

    private static String recovery(Report report) {
        var recovery = report.verdict().recovery();
        return recovery.sorted().isEmpty()
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.1f / %.1f / %.1f",
                        recovery.percentile(50) / 1e3,
                        recovery.percentile(99) / 1e3,
                        recovery.longest() / 1e3);
    }

    private static String besides(Set<Map.Entry<String, Object>> figures) {
        return figures.stream()
                .map(figure -> figure.getKey() + " " + figure.getValue())
                .collect(Collectors.joining(", "));
    }
}
