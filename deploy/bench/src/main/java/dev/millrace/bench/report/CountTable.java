package dev.millrace.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What was counted for each job, for people, as Markdown: a row for each count, a column for each of our measures. The least of all rounds. */
public final class CountTable {

    /** Below it a count is of no interest. */
    private static final double SMALLEST = 0.0005;

    private final List<Figure> figures;

    /** In the order in which they were measured; those of peers are left out. */
    public CountTable(List<Figure> figures) {
        this.figures = figures.stream()
                .filter(figure -> figure.system().equals(Figure.MILLRACE))
                .toList();
    }

    /** Lines that all end with a line's end. */
    public String text() {
        List<String> measures = figures.stream().map(Figure::measure).distinct().toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("count per job", measures));
        TreeSet<String> names = new TreeSet<>();
        figures.forEach(figure -> names.addAll(figure.usage().countsPerJob().keySet()));
        for (String name : names) {
            rows.add(row(
                    name, measures.stream().map(measure -> cell(measure, name)).toList()));
        }
        rows.removeIf(row -> row.stream().skip(1).allMatch("–"::equals));
        return Table.aligned(rows);
    }

    private static List<String> row(String head, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(head));
        row.addAll(cells);
        return row;
    }

    private String cell(String measure, String name) {
        double least = figures.stream()
                .filter(figure -> figure.measure().equals(measure))
                .map(figure -> figure.usage().countsPerJob())
                .mapToDouble(counts -> counts.getOrDefault(name, 0.0))
                .min()
                .orElse(0);
        return least < SMALLEST ? "–" : number(least);
    }

    private static String number(double count) {
        return String.format(Locale.ROOT, count < 0.1 ? "%.4f" : count < 100 ? "%.2f" : "%,.0f", count);
    }
}
