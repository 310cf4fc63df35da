package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.JobStreams.EntryKey;
import dev.millrace.stream.jobs.JobStreams.ProgressReport;
import dev.millrace.worker.run.JobRun.Execution;
import dev.millrace.worker.run.StopSignal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what runs: tells of starts that have lasted 50 ms (a shorter job tells its start with its end) and of
 * progress five times a second, and ends runs whose time is over.
 */
public final class NoteTeller {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration WORTH_TELLING = Duration.ofMillis(50);
    private static final int TICKS_BETWEEN_PROGRESS = 4;

    private final JobStreams streams;
    private final HeldJobs held;
    private final Settler settler;
    private final Runner runner;
    private int tick;

    public NoteTeller(JobStreams streams, HeldJobs held, Settler settler, Runner runner) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.runner = runner;
    }

    public Duration tellOnce() {
        boolean progressToo = ++tick % TICKS_BETWEEN_PROGRESS == 0;
        Map<JobRun, ProgressReport> notes = new HashMap<>();
        long now = System.nanoTime();
        for (JobRun run : held.all()) {
            Execution execution = run.execution();
            if (run.running() && !run.lost() && execution != null) {
                look(run, execution, Duration.ofNanos(now - execution.startedNanos()), progressToo, notes);
            }
        }
        tell(notes);
        return TICK;
    }

    private void look(
            JobRun run, Execution execution, Duration age, boolean progressToo, Map<JobRun, ProgressReport> notes) {
        ExecutionPolicy terms = execution.terms();
        if (age.compareTo(terms.timeout()) > 0) {
            runner.timeOut(run, execution);
            return;
        }
        if (terms.softTimeout() != null && age.compareTo(terms.softTimeout()) > 0) {
            run.stop(Reason.SOFT_LIMIT);
        }
        Duration startedAgo = !run.startTold() && age.compareTo(WORTH_TELLING) > 0 ? age : null;
        Progress progress = progressToo ? run.untold() : null;
        if (startedAgo != null || progress != null) {
            notes.put(run, new ProgressReport(run.delivery(), ageOfStart(run, age), progress));
        }
    }

    private static @Nullable Duration ageOfStart(JobRun run, Duration age) {
        return run.startTold() ? null : age;
    }

    private void tell(Map<JobRun, ProgressReport> notes) {
        List<JobRun> runs = new ArrayList<>(notes.keySet());
        for (int from = 0; from < runs.size(); from += JobStreams.MAX_BATCH) {
            List<JobRun> some = runs.subList(from, Math.min(runs.size(), from + JobStreams.MAX_BATCH));
            Set<EntryKey> lost = streams.note(some.stream().map(notes::get).toList());
            some.forEach(run -> told(run, notes.get(run), lost));
        }
    }

    private void told(JobRun run, @Nullable ProgressReport note, Set<EntryKey> lost) {
        if (lost.contains(run.key())) {
            settler.lose(run);
        } else if (note != null) {
            run.startWasTold();
            run.wasTold(note.progress());
        }
    }
}
