package dev.millrace.worker.run;

import dev.millrace.job.JobEvent.Progress;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.RunReports;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Settler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reports on what runs: its start once it has lasted 50 ms (the start of a shorter job is written with its end), and its
 * latest progress five times a second.
 */
public final class ProgressReporter {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration WORTH_REPORTING = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final int TICKS_BETWEEN_PROGRESS = 4;

    private final Settling streams;
    private final HeldJobs held;
    private final Settler settler;
    private final Time time;
    private int tick;

    private record Due(JobRun run, ProgressReport report) {}

    public ProgressReporter(Settling streams, HeldJobs held, Settler settler, Time time) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.time = time;
    }

    public Duration reportOnce() throws InterruptedException {
        held.awaitAny(IDLE);
        boolean progressToo = ++tick % TICKS_BETWEEN_PROGRESS == 0;
        List<Due> due = new ArrayList<>();
        for (TaskExecution execution : held.executions()) {
            addIfDue(execution, progressToo, due);
        }
        report(due);
        return TICK;
    }

    private void addIfDue(TaskExecution execution, boolean progressToo, List<Due> due) {
        JobRun run = execution.run();
        RunReports reports = run.reports();
        Duration age = reports.startReported() ? null : time.since(execution.startedReading());
        Progress progress = progressToo ? reports.unreported() : null;
        boolean startIsDue = age != null && age.compareTo(WORTH_REPORTING) > 0;
        if (startIsDue || progress != null) {
            due.add(new Due(run, new ProgressReport(run.delivery(), age, progress)));
        }
    }

    private void report(List<Due> due) {
        for (List<Due> some : Batch.parts(due)) {
            Set<EntryKey> lost = streams.report(some.stream().map(Due::report).toList());
            some.forEach(one -> reported(one, lost));
        }
    }

    private void reported(Due due, Set<EntryKey> lost) {
        JobRun run = due.run();
        if (lost.contains(run.key())) {
            settler.lose(run);
        } else {
            run.reports().startWasReported();
            run.reports().wasReported(due.report().progress());
        }
    }
}
