package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.testkit.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was accepted, asked for and seen during a {@link RandomLife}, and what must hold of it at any time. */
final class LifeRecord {

    private final Probe probe;
    private final List<Lane> lanes;
    private final Map<JobId, Long> runs = new LinkedHashMap<>();
    private final Map<JobId, Integer> attempts = new HashMap<>();
    private final Map<JobId, Instant> dues = new HashMap<>();
    private final Map<JobId, Token> lastStart = new HashMap<>();
    private final Map<JobId, JobState> decided = new HashMap<>();
    private final Set<JobId> flagged = new HashSet<>();
    private final List<Ended> lostWithTheData = new ArrayList<>();

    LifeRecord(Probe probe, List<Lane> lanes) {
        this.probe = probe;
        this.lanes = lanes;
    }

    Set<JobId> accepted() {
        return runs.keySet();
    }

    long run(JobId job) {
        return runs.getOrDefault(job, 1L);
    }

    int attempt(JobId job) {
        return attempts.getOrDefault(job, 1);
    }

    void accept(JobId job, long run, @Nullable Instant due) {
        runs.merge(job, run, Math::max);
        if (due != null) {
            dues.put(job, due);
        }
    }

    /** A deferral was answered OK: a failure, unless the job was cancelled instead. */
    void failed(JobId job) {
        Probe.Marker marker = probe.marker(job);
        if (marker != null && !marker.ended()) {
            attempts.merge(job, 2, (before, two) -> before + 1);
        }
    }

    void endsAs(JobId job, JobState state) {
        decided.put(job, state);
    }

    void flag(JobId job) {
        flagged.add(job);
    }

    /** Someone says that this job has ended, or is nowhere. */
    void isNotLive(JobId job) {
        assertThat(!runs.containsKey(job) || ended().contains(job))
                .as("I11 %s was accepted, did not end, and is nowhere", job)
                .isTrue();
    }

    void begun(Delivery begun) {
        JobId job = begun.job().id();
        Token before = lastStart.put(job, begun.token());
        assertThat(before == null || begun.token().compareTo(before) > 0)
                .as("I6 %s started with %s after %s", job, begun.token(), before)
                .isTrue();
        assertThat(begun.job().attempt()).as("I15 the attempt of %s", job).isEqualTo(attempt(job));
        assertThat(decided).as("I16 started after it was cancelled").doesNotContainKey(job);
    }

    /** Before all data are lost: what an api knows of ends, since they were projected, and of runs. */
    List<Ended> aboutToLose() {
        Map<JobId, Long> reached = new HashMap<>();
        Set<JobId> ended = ended();
        runs.keySet().stream().filter(job -> !ended.contains(job)).forEach(job -> reached.put(job, runOf(job) + 1));
        runs.putAll(reached);
        lostWithTheData.addAll(ends());
        flagged.clear();
        dues.clear();
        return lostWithTheData;
    }

    private long runOf(JobId job) {
        Probe.Marker marker = probe.marker(job);
        return marker == null ? 1 : marker.run();
    }

    List<Ended> ends() {
        List<Ended> ends = new ArrayList<>();
        for (JobEvent event : events()) {
            if (event instanceof Ended end) {
                ends.add(end);
            }
        }
        return ends;
    }

    private List<JobEvent> events() {
        return probe.events().stream()
                .map(decoded -> ((Decoded.Event) decoded).event())
                .toList();
    }

    Set<JobId> ended() {
        Set<JobId> ended = new HashSet<>();
        lostWithTheData.forEach(end -> ended.add(end.job()));
        ends().forEach(end -> ended.add(end.job()));
        return ended;
    }

    void check() {
        checkEnds();
        checkTimes();
        checkPlaces();
    }

    private void checkEnds() {
        Set<JobId> once = new HashSet<>();
        List<Ended> ends = new ArrayList<>(lostWithTheData);
        ends.addAll(ends());
        for (Ended end : ends) {
            JobId job = end.job();
            assertThat(once.add(job)).as("I9 one end of %s", job).isTrue();
            assertThat(end.state())
                    .as("I17 the end of %s", job)
                    .isEqualTo(decided.getOrDefault(job, end.state()))
                    .isNotEqualTo(flagged.contains(job) ? JobState.FAILED : null);
        }
    }

    private void checkTimes() {
        Map<JobId, Instant> waiting = new HashMap<>(dues);
        for (JobEvent event : events()) {
            if (event instanceof Deferred deferred) {
                waiting.put(event.job(), deferred.due());
            } else if (event instanceof Queued) {
                Instant due = waiting.getOrDefault(event.job(), Instant.EPOCH);
                assertThat(event.at()).as("I19 %s before its time", event.job()).isAfterOrEqualTo(due);
            }
        }
    }

    private void checkPlaces() {
        Set<JobId> ended = ended();
        Map<String, Set<String>> valid = new HashMap<>();
        lanes.forEach(lane -> valid.put(place(lane), deliverable(lane)));
        valid.put("d", delayed());
        valid.put("t", held());
        runs.keySet().stream().filter(job -> !ended.contains(job)).forEach(job -> {
            Probe.Marker marker = Objects.requireNonNull(probe.marker(job), () -> "I11 no marker of " + job);
            assertThat(valid.getOrDefault(marker.place(), Set.of()))
                    .as("I11 where %s is, of marker %s", job, marker)
                    .contains(job + " " + marker.entry());
        });
    }

    private static String place(Lane lane) {
        return lane.isSuspect() ? "s" : "q" + lane.label();
    }

    /** Job and id of the entries that are pending, or behind all that ever were delivered. */
    private Set<String> deliverable(Lane lane) {
        Set<String> found = new HashSet<>();
        EntryId last = probe.lastDelivered(lane);
        Set<EntryId> pending = entriesOf(probe.pending(lane));
        probe.entries(lane).stream()
                .filter(entry -> pending.contains(entry) || entry.compareTo(last) > 0)
                .forEach(entry -> found.add(probe.fields(lane, entry).get("job") + " " + entry));
        return found;
    }

    private Set<String> delayed() {
        Set<String> found = new HashSet<>();
        EntryId last = probe.lastDelayed();
        Set<EntryId> pending = entriesOf(probe.delaysPending());
        probe.delays().stream()
                .filter(entry -> pending.contains(entry) || entry.compareTo(last) > 0)
                .forEach(entry -> found.add(probe.delay(entry).get("job") + " " + entry));
        return found;
    }

    private Set<String> held() {
        Set<JobId> jobs = new HashSet<>(probe.timerJobs());
        jobs.retainAll(probe.timers().keySet());
        Set<String> found = new HashSet<>();
        jobs.forEach(job -> found.add(job + " null"));
        return found;
    }

    private static Set<EntryId> entriesOf(List<Probe.Pending> pending) {
        Set<EntryId> entries = new HashSet<>();
        pending.forEach(one -> entries.add(one.entry()));
        return entries;
    }
}
