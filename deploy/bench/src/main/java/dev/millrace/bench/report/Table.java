package dev.millrace.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All figures of a run, for people, as Markdown. Of several rounds the best counts for each number, since noise only slows;
 * the processor time is that of the round with the least.
 */
public final class Table {

    private static final String COLD = "-cold";

    private final List<Figure> figures;
    private final List<String> peers;

    /** In the order in which they were measured. */
    public Table(List<Figure> figures) {
        this.figures = List.copyOf(figures);
        this.peers = figures.stream()
                .map(Figure::system)
                .filter(system -> !system.equals(Figure.MILLRACE))
                .distinct()
                .toList();
    }

    /** Lines that all end with a line's end. */
    public String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(head());
        measures().forEach(measure -> rows.addAll(rows(measure)));
        return aligned(rows);
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(List.of("measure", "jobs", "", Figure.MILLRACE));
        for (String peer : peers) {
            head.addAll(List.of(peer, "ours is better by"));
        }
        head.add("CPU µs/job: " + Figure.MILLRACE);
        peers.forEach(peer -> head.add("CPU µs/job: " + peer));
        return head;
    }

    private List<String> measures() {
        return figures.stream().map(Figure::measure).distinct().toList();
    }

    private List<List<String>> rows(String measure) {
        List<Figure> ours = of(Figure.MILLRACE, measure);
        Map<String, Value> names = new LinkedHashMap<>();
        figures.stream()
                .filter(figure -> figure.measure().equals(measure))
                .flatMap(figure -> figure.values().stream())
                .forEach(value -> names.putIfAbsent(value.name(), value));
        List<List<String>> rows = new ArrayList<>();
        for (String name : names.keySet()) {
            rows.add(row(measure, ours, name, rows.isEmpty()));
        }
        return rows;
    }

    private List<String> row(String measure, List<Figure> ours, String name, boolean first) {
        Optional<Value> best = best(ours, name);
        List<String> row = new ArrayList<>();
        row.add(first ? measure : "");
        row.add(first ? jobs(measure) : "");
        row.add(name);
        row.add(best.map(Table::number).orElse("–"));
        for (String peer : peers) {
            Optional<Value> theirs = best(theirs(peer, measure), name);
            row.add(theirs.map(Table::number).orElse("–"));
            row.add(ratio(best, theirs));
        }
        row.add(first ? cost(ours) : "");
        peers.forEach(peer -> row.add(first ? cost(theirs(peer, measure)) : ""));
        return row;
    }

    private String jobs(String measure) {
        return figures.stream()
                .filter(figure -> figure.measure().equals(measure))
                .map(figure -> String.format(Locale.ROOT, "%,d", figure.jobs()))
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /** Peers are measured once, and stand beside ours cold and warm. */
    private List<Figure> theirs(String peer, String measure) {
        List<Figure> same = of(peer, measure);
        return same.isEmpty() && measure.endsWith(COLD) ? of(peer, measure.replace(COLD, "")) : same;
    }

    private List<Figure> of(String system, String measure) {
        return figures.stream()
                .filter(figure ->
                        figure.system().equals(system) && figure.measure().equals(measure))
                .toList();
    }

    private static Optional<Value> best(List<Figure> figures, String name) {
        return figures.stream()
                .flatMap(figure -> figure.values().stream())
                .filter(value -> value.name().equals(name))
                .max(Comparator.comparingDouble(value -> value.over(1)));
    }

    private static String ratio(Optional<Value> ours, Optional<Value> theirs) {
        return ours.isPresent() && theirs.isPresent()
                ? String.format(
                        Locale.ROOT, "%.2f", ours.get().over(theirs.get().number()))
                : "–";
    }

    private static String cost(List<Figure> figures) {
        return figures.stream()
                .map(Figure::usage)
                .filter(usage -> usage.total() > 0)
                .min(Comparator.comparingDouble(usage -> usage.total()))
                .map(usage -> usage.cpuMicrosPerJob().entrySet().stream()
                        .map(one -> String.format(Locale.ROOT, "%s %.1f", one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", ", "", String.format(Locale.ROOT, "; sum %.1f", usage.total()))))
                .orElse("–");
    }

    private static String number(Value value) {
        return String.format(Locale.ROOT, Math.abs(value.number()) >= 100 ? "%,.0f" : "%.2f", value.number());
    }

    static String aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder text = new StringBuilder(line(rows.getFirst(), widths));
        text.append(line(rule(widths), widths));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static List<String> rule(int[] widths) {
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(Math.max(width, 1)));
        }
        return rule;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[column] - cell.length()))
                    .append(" |");
        }
        return line.append('\n').toString();
    }
}
