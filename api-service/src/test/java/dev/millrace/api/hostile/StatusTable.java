package dev.millrace.api.hostile;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts answers by kind of request and status. */
final class StatusTable {

    private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();

    synchronized void add(String kind, int status) {
        counts.computeIfAbsent(kind, one -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }

    synchronized int count() {
        return counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(row -> "%-12s %s".formatted(row.getKey(), cells(row.getValue())))
                .collect(Collectors.joining("\n", "Answers to " + count() + " hostile requests, by status:\n", "\n"));
    }

    private static String cells(Map<Integer, Integer> row) {
        return row.entrySet().stream()
                .map(cell -> "%s: %d"
                        .formatted(cell.getKey() == HostileRequest.CLOSED ? "closed" : cell.getKey(), cell.getValue()))
                .collect(Collectors.joining("  "));
    }
}
