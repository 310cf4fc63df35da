package dev.millrace.api.record.stats;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Durations as numbers of jobs by bucket. The first bucket is below a millisecond, the last an hour or longer. */
final class Buckets {

    /** Where one bucket ends and the next begins, in milliseconds. */
    private static final int[] BOUNDS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000,
        600_000, 1_800_000, 3_600_000
    };

    static final int COUNT = BOUNDS.length + 1;

    private Buckets() {}

    /** An expression of PostgreSQL that is the bucket of one in milliseconds, from 0; null for null. */
    static String of(String millis) {
        return "width_bucket(%s, array[%s]::double precision[])"
                .formatted(
                        millis, IntStream.of(BOUNDS).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    }

    /** An expression that is an array of how many there are in each bucket: the sum of a column over rows that name a bucket. */
    static String array(String number, String bucket) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> "coalesce(sum(%s) filter (where %s = %d), 0)::bigint".formatted(number, bucket, i))
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    /** An expression that adds the arrays of rows up. */
    static String sum(String column) {
        return IntStream.rangeClosed(1, COUNT)
                .mapToObj(i -> "sum(%s[%d])::bigint".formatted(column, i))
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    /**
     * Below how many milliseconds a share of the jobs lies, estimated as if those of a bucket lay evenly in it; null without jobs.
     * Of what lies in the last bucket only its beginning is known.
     */
    static @Nullable Long percentile(List<Long> counts, double share) {
        long all = counts.stream().mapToLong(Long::longValue).sum();
        double wanted = share * all;
        double below = 0;
        for (int i = 0; i < counts.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && below + here >= wanted) {
                return Math.round(begin(i) + (end(i) - begin(i)) * (wanted - below) / here);
            }
            below += here;
        }
        return null;
    }

    /** Without any job. */
    static List<Long> empty() {
        return Collections.nCopies(COUNT, 0L);
    }

    private static long begin(int bucket) {
        return bucket == 0 ? 0 : BOUNDS[bucket - 1];
    }

    private static long end(int bucket) {
        return bucket < BOUNDS.length ? BOUNDS[bucket] : begin(bucket);
    }
}
