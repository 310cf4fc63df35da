package dev.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The meters of a service: those that its README lists, and those that its {@code /q/metrics} shows. Both become lines
 * such as {@code millrace_jobs_run_seconds histogram [task]}, so that a test compares the two.
 */
public final class MeterTable {

    private static final Pattern ROW = Pattern.compile("^\\| `(millrace_\\w+)` \\| (\\w+) \\| ([^|]*) \\|.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (millrace_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(millrace_\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern JOB_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", Pattern.CASE_INSENSITIVE);

    /** Those that are not about the meter but about how it is written. */
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    private MeterTable() {}

    /** What the README of the module under test lists: tables whose columns begin with meter, type and tags. */
    public static Set<String> ofReadme() {
        try {
            return Files.readAllLines(Path.of("README.md")).stream()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> line(row.group(1), row.group(2), tags(row.group(3))))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the text of {@code /q/metrics} shows; the greatest value that goes along with a histogram is left out. */
    public static Set<String> ofMetrics(String text) {
        Map<String, String> types = types(text);
        Map<String, Set<String>> tags = new TreeMap<>();
        for (String line : samples(text)) {
            MatchResult sample = sample(line);
            String name = types.containsKey(sample.group(1)) ? sample.group(1) : nameOf(line);
            tags.computeIfAbsent(name, first -> new TreeSet<>())
                    .addAll(labels(sample).keySet());
        }
        return tags.entrySet().stream()
                .filter(meter -> !isGreatestOfAnother(meter.getKey(), types))
                .map(meter -> line(meter.getKey(), types.getOrDefault(meter.getKey(), "untyped"), meter.getValue()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tags whose values look like ids of jobs: there may be none. */
    public static Set<String> valuesLikeJobIds(String text) {
        return samples(text).stream()
                .flatMap(line -> labels(sample(line)).entrySet().stream())
                .filter(label -> JOB_ID.matcher(label.getValue()).find())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A counter is introduced without its ending in one version of the format, and with it in another. */
    private static Map<String, String> types(String text) {
        Map<String, String> types = new HashMap<>();
        TYPE.matcher(text).results().forEach(type -> {
            String ending = type.group(2).equals("counter") && !type.group(1).endsWith("_total") ? "_total" : "";
            types.put(type.group(1) + ending, type.group(2));
        });
        return types;
    }

    private static List<String> samples(String text) {
        return text.lines().filter(line -> line.startsWith("millrace_")).toList();
    }

    private static MatchResult sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("Not a sample: " + line);
        }
        return sample.toMatchResult();
    }

    private static String nameOf(String line) {
        return line.split("[ {]", 2)[0];
    }

    private static Map<String, String> labels(MatchResult sample) {
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        labels.keySet().removeAll(OF_THE_FORMAT);
        return labels;
    }

    private static boolean isGreatestOfAnother(String name, Map<String, String> types) {
        return name.endsWith("_max") && types.containsKey(name.substring(0, name.length() - "_max".length()));
    }

    private static Set<String> tags(String column) {
        return Arrays.stream(column.split("[, ]+"))
                .filter(tag -> tag.matches("\\w+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(String name, String type, Set<String> tags) {
        return name + " " + type + " " + tags;
    }
}
