package dev.millrace.api.record.stats;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What some jobs that ended come to.
 *
 * @param retried their attempts beyond the first of each
 * @param waits those that started at their first attempt, by bucket
 * @param runs those that ran, by bucket
 */
record Tally(
        long succeeded,
        long failed,
        long timedOut,
        long cancelled,
        long expired,
        long retried,
        List<Long> waits,
        List<Long> runs) {

    Tally {
        waits = List.copyOf(waits);
        runs = List.copyOf(runs);
    }

    static Tally nothing() {
        return new Tally(0, 0, 0, 0, 0, 0, Buckets.empty(), Buckets.empty());
    }

    static Tally of(Row row) {
        return new Tally(
                row.getLong("succeeded"),
                row.getLong("failed"),
                row.getLong("timed_out"),
                row.getLong("cancelled"),
                row.getLong("expired"),
                row.getLong("retried"),
                List.of(row.getArrayOfLongs("waits")),
                List.of(row.getArrayOfLongs("runs")));
    }

    long ended() {
        return succeeded + failed + timedOut + cancelled + expired;
    }

    Tally plus(Tally other) {
        return new Tally(
                succeeded + other.succeeded,
                failed + other.failed,
                timedOut + other.timedOut,
                cancelled + other.cancelled,
                expired + other.expired,
                retried + other.retried,
                sum(waits, other.waits),
                sum(runs, other.runs));
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        return IntStream.range(0, one.size())
                .mapToObj(i -> one.get(i) + other.get(i))
                .toList();
    }
}
