package dev.millrace.worker.tasks.csv;

import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a file's columns, in its order.
 *
 * @param names without white space around them, each once
 */
record Header(List<String> names) {

    private static final int NAMES_SHOWN = 20;
    private static final int CHARACTERS_SHOWN = 60;

    /**
     * @throws UnreadableCsv if a name stands there twice, or a column to check does not; or if it is no text in the
     *     file's charset
     */
    static Header of(CsvRow row, Charset charset, List<Column> columns) {
        if (row.isGarbled()) {
            throw new UnreadableCsv(
                    "The header is no text in %s, the file's charset: serve the file as UTF-8, or name its charset in the Content-Type."
                            .formatted(charset.name()));
        }
        var header = new Header(row.fields().stream().map(String::strip).toList());
        header.requireEachOnce();
        header.requireAll(columns);
        return header;
    }

    int width() {
        return names.size();
    }

    int indexOf(Column column) {
        return names.indexOf(column.name());
    }

    private void requireEachOnce() {
        Set<String> seen = new HashSet<>();
        List<String> twice = names.stream().filter(name -> !seen.add(name)).toList();
        if (!twice.isEmpty()) {
            throw new UnreadableCsv("The header names %s more than once.".formatted(shown(twice)));
        }
    }

    private void requireAll(List<Column> columns) {
        List<String> missing = columns.stream()
                .map(Column::name)
                .filter(name -> !names.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new UnreadableCsv("The header lacks %s; it has %s. Check the names and the separator."
                    .formatted(shown(missing), shown(names)));
        }
    }

    private static String shown(List<String> names) {
        return names.stream()
                .limit(NAMES_SHOWN)
                .map(name -> "'" + name.substring(0, Math.min(CHARACTERS_SHOWN, name.length())) + "'")
                .collect(Collectors.joining(", ", "", names.size() > NAMES_SHOWN ? ", …" : ""));
    }
}
