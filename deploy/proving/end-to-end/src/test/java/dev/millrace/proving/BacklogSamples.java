package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** What an autoscaler was told of a queue while jobs flowed, beside what was accepted and had ended at that time. */
final class BacklogSamples {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Api api;
    private final String queue;
    private final long endedBefore;
    private final AtomicLong accepted = new AtomicLong();
    private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());

    /** @param nanos when it was taken, by the stopwatch of this process */
    private record Sample(long nanos, long accepted, long ended, long outstanding) {}

    /** From now on nothing else ends. */
    BacklogSamples(Api api, String queue) {
        this.api = api;
        this.queue = queue;
        this.endedBefore = succeeded(api);
    }

    private static long succeeded(Api api) {
        return api.get("/jobs/counts").body().path("SUCCEEDED").asLong();
    }

    void accepted(int jobs) {
        accepted.addAndGet(jobs);
    }

    /** Takes one; returns how many jobs had ended. */
    long take() {
        long outstanding = api.get("/queues/" + queue + "/backlog")
                .body()
                .path("outstanding")
                .asLong();
        long ended = succeeded(api) - endedBefore;
        samples.add(new Sample(System.nanoTime(), accepted.get(), ended, outstanding));
        return ended;
    }

    /**
     * What is told is right by what was so at some moment of the second before or behind: no fewer jobs than had been accepted a second
     * before without those that had ended a second later, and no more than the other way round.
     */
    void areRightWithinASecond() {
        List<Sample> all = List.copyOf(samples);
        for (Sample sample : all) {
            long least = at(all, sample.nanos() - SECOND, Sample::accepted, false)
                    - at(all, sample.nanos() + SECOND, Sample::ended, true);
            long most = at(all, sample.nanos() + SECOND, Sample::accepted, true)
                    - at(all, sample.nanos() - SECOND, Sample::ended, false);
            assertThat(sample.outstanding())
                    .as("%s of %d samples", sample, all.size())
                    .isBetween(least, most);
        }
    }

    long highest() {
        return List.copyOf(samples).stream()
                .mapToLong(Sample::outstanding)
                .max()
                .orElse(0);
    }

    long last() {
        return samples.getLast().outstanding();
    }

    int count() {
        return samples.size();
    }

    /** The number of the first sample from that time on, or of the last one before it. */
    private static long at(List<Sample> all, long nanos, ToLongFunction<Sample> number, boolean after) {
        long found = after ? number.applyAsLong(all.getLast()) : 0;
        for (Sample sample : all) {
            if (after && sample.nanos() >= nanos) {
                return number.applyAsLong(sample);
            }
            if (!after && sample.nanos() <= nanos) {
                found = number.applyAsLong(sample);
            }
        }
        return found;
    }
}
