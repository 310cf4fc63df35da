package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Settling.ProgressReport;
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

    private final Settling streams;
    private final HeldJobs held;
    private final Settler settler;
    private final Runner runner;
    private int tick;

    public NoteTeller(Settling streams, HeldJobs held, Settler settler, Runner runner) {
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
        for (int from = 0; from < runs.size(); from += Batch.MAX) {
            List<JobRun> some = runs.subList(from, Math.min(runs.size(), from + Batch.MAX));
            Set<EntryKey> lost = streams.report(some.stream().map(notes::get).toList());
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
