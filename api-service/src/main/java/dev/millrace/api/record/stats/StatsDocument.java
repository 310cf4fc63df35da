package dev.millrace.api.record.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.api.record.stats.Stats.Counted;
import dev.millrace.api.record.stats.Stats.OfTask;
import dev.millrace.api.record.stats.Stats.OfTime;
import dev.millrace.api.record.stats.Stats.Series;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs ended, and how long they waited and ran, as clients see it. Every field is always there.
 *
 * @param countedTo ends that were recorded until then are counted
 * @param jobs that are kept, by state
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatsDocument(Instant countedTo, Map<String, Long> jobs, List<WindowDocument> windows) {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double P50 = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;
    private static final double TENTHS_OF_PERCENT = 1_000;

    /** One window: all jobs, and those of each task in each queue. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record WindowDocument(String window, Instant from, Instant to, Figures all, List<TaskDocument> tasks) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TaskDocument(String task, String queue, Figures figures) {}

    /**
     * What jobs come to.
     *
     * @param retried attempts beyond the first of each
     * @param perSecond how many ended, on the average
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Figures(
            long ended,
            long succeeded,
            long failed,
            long timedOut,
            long cancelled,
            long expired,
            long retried,
            double perSecond,
            Percentiles waitMs,
            Percentiles runMs) {

        static Figures of(Tally tally, Duration span) {
            double seconds = Math.max(span.toMillis(), 1) / MILLIS_PER_SECOND;
            return new Figures(
                    tally.ended(),
                    tally.succeeded(),
                    tally.failed(),
                    tally.timedOut(),
                    tally.cancelled(),
                    tally.expired(),
                    tally.retried(),
                    Math.round(tally.ended() / seconds * TENTHS_OF_PERCENT) / TENTHS_OF_PERCENT,
                    Percentiles.of(tally.waits()),
                    Percentiles.of(tally.runs()));
        }
    }

    /** In milliseconds, estimated; null without jobs. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Percentiles(
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99) {

        static Percentiles of(List<Long> counts) {
            return new Percentiles(
                    Buckets.percentile(counts, P50), Buckets.percentile(counts, P95), Buckets.percentile(counts, P99));
        }
    }

    /** The points of a window in the order of time; what is missing had no end. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SeriesDocument(Instant countedTo, String window, int stepSeconds, List<PointDocument> items) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PointDocument(Instant at, Figures figures) {}

    static StatsDocument of(Counted counted) {
        return new StatsDocument(
                counted.to(),
                new TreeMap<>(counted.states()),
                Arrays.stream(Window.values())
                        .map(window -> window(counted, window))
                        .toList());
    }

    private static WindowDocument window(Counted counted, Window window) {
        List<OfTask> tasks = counted.windows().getOrDefault(window, List.of());
        Instant from = window.from(counted.to());
        Duration span = Duration.between(from, counted.to());
        Tally all = tasks.stream().map(OfTask::tally).reduce(Tally.nothing(), Tally::plus);
        return new WindowDocument(
                window.label(),
                from,
                counted.to(),
                Figures.of(all, span),
                tasks.stream()
                        .map(one -> new TaskDocument(one.task(), one.queue(), Figures.of(one.tally(), span)))
                        .toList());
    }

    static SeriesDocument of(Series series, Window window) {
        return new SeriesDocument(
                series.to(),
                window.label(),
                (int) window.step().toSeconds(),
                series.points().stream()
                        .map(point -> point(point, series.to(), window))
                        .toList());
    }

    /** The latest one may not be over. */
    private static PointDocument point(OfTime point, Instant to, Window window) {
        Duration passed = Duration.between(point.at(), to);
        Duration span = passed.compareTo(window.step()) < 0 ? passed : window.step();
        return new PointDocument(point.at(), Figures.of(point.tally(), span));
    }
}
