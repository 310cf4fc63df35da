package dev.millrace.ctl.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows under a head, aligned. Where the terminal is too narrow, the widest columns that may be cut give way first. */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
        rows.add(this.columns.stream().map(Column::title).toList());
    }

    /** Adds a row of one cell a column; cells are cleaned. */
    public void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("A row has %d cells, not %d.".formatted(columns.size(), cells.length));
        }
        rows.add(List.of(cells).stream().map(Plain::line).toList());
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Its lines, the head first, none of more columns than that. */
    public List<String> lines(int width) {
        int[] widths = fitted(width);
        return rows.stream().map(row -> Plain.cut(line(row, widths), width)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < widths.length; at++) {
            String cell = Plain.cut(row.get(at), widths[at]);
            String space = " ".repeat(widths[at] - Plain.width(cell));
            line.append(at == 0 ? "" : GAP).append(columns.get(at).right() ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private int[] fitted(int width) {
        int[] widths = natural();
        long most = Math.max(0L, (long) width - (long) GAP.length() * (widths.length - 1));
        while (total(widths) > most && shrinkWidest(widths)) {
            // one column less each time
        }
        return widths;
    }

    private int[] natural() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int at = 0; at < widths.length; at++) {
                widths[at] = Math.max(widths[at], Plain.width(row.get(at)));
            }
        }
        return widths;
    }

    private boolean shrinkWidest(int[] widths) {
        int widest = -1;
        for (int at = 0; at < widths.length; at++) {
            boolean gives = !columns.get(at).whole() && widths[at] > NARROWEST;
            if (gives && (widest < 0 || widths[at] > widths[widest])) {
                widest = at;
            }
        }
        if (widest < 0) {
            return false;
        }
        widths[widest]--;
        return true;
    }

    private static long total(int[] widths) {
        long total = 0;
        for (int width : widths) {
            total += width;
        }
        return total;
    }
}
