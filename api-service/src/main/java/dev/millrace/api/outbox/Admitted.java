package dev.millrace.api.outbox;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What Redis said to a list of jobs.
 *
 * @param admissions one for each job, in order
 */
public record Admitted(List<Job> jobs, List<Admission> admissions) {

    public Admitted {
        if (jobs.size() != admissions.size()) {
            throw new IllegalArgumentException(
                    "%d jobs were enqueued, but %d were answered.".formatted(jobs.size(), admissions.size()));
        }
    }

    /** Enqueues them, however many there are; what was answered before a failure is lost, and may be asked again. */
    public static Admitted by(Submitting streams, Mode mode, Instant asOf, List<Job> jobs) {
        List<Admission> admissions = new ArrayList<>(jobs.size());
        Batch.parts(jobs).forEach(part -> admissions.addAll(streams.enqueue(mode, asOf, part)));
        return new Admitted(jobs, admissions);
    }

    /** How many were put on their lanes by this call. */
    public long ok() {
        return admissions.stream().filter(Admission.OK::equals).count();
    }

    /** Those whose band has no room. */
    public List<Job> full() {
        return those(Admission.FULL);
    }

    /**
     * Those that have to be looked at again. An ended one is among them: only PostgreSQL says that a job has ended, and
     * until it does the outbox keeps the job.
     */
    public List<JobId> open() {
        List<JobId> open = new ArrayList<>();
        those(Admission.LATE).forEach(job -> open.add(job.id()));
        those(Admission.ENDED).forEach(job -> open.add(job.id()));
        return open;
    }

    private List<Job> those(Admission admission) {
        return IntStream.range(0, jobs.size())
                .filter(i -> admissions.get(i) == admission)
                .mapToObj(jobs::get)
                .toList();
    }
}
