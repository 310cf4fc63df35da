package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What the contracts test, and the steps they share. */
public interface StreamSubject {

    Duration LEASE = Duration.ofSeconds(15);
    Lane NORMAL = Lane.of(Jobs.QUEUE, Band.NORMAL);
    Lane SUSPECT = Lane.suspect(Jobs.QUEUE);

    /** Streams for the consumer of this name, all of them on the same data. */
    JobStreams streams(String consumer);

    /** The timers for the scheduler of this name, on the same data. */
    TimerStreams timers(String scheduler);

    Probe probe();

    default JobStreams ann() {
        return streams("ann");
    }

    default JobStreams bob() {
        return streams("bob");
    }

    default TimerStreams sue() {
        return timers("sue");
    }

    /** Lets a scheduler hold all that waits. */
    default int holdAll(TimerStreams scheduler) {
        return scheduler.hold(scheduler.delayed(Batch.MAX, Duration.ofMillis(1)));
    }

    /** The same job, due long after the test. */
    default Job tomorrow(Job job) {
        return Jobs.due(job, streams("api").time().plus(Duration.ofDays(1)));
    }

    /** Submits the job for tomorrow, and lets a scheduler hold it. */
    default Job held(Job job) {
        Job delayed = tomorrow(job);
        assertThat(submit(delayed)).containsExactly(Admission.OK);
        assertThat(holdAll(sue())).isEqualTo(1);
        return delayed;
    }

    /** The timer's time comes now. */
    default void fallsDue(JobId job) {
        probe().setTimer(job, streams("api").time());
    }

    default Cancellation cancel(Job job) {
        return cancel(job, JobState.CANCELLED);
    }

    default Cancellation cancel(Job job, JobState reason) {
        Cancel cancel = new Cancel(job.id(), job.queue(), job.run(), reason);
        return streams("api").cancel(List.of(cancel)).getFirst();
    }

    /** Ends a run as failed, its job to be run again after so long. */
    default Settled retry(JobStreams worker, Delivery delivery, Duration after) {
        JobError error = new JobError("java.io.IOException", "no", "at a");
        Deferral deferral = new Deferral(delivery, Why.RETRY, new Due.After(after), Duration.ofMillis(7), error);
        return worker.defer(List.of(deferral)).getFirst();
    }

    default List<Admission> submit(Job... jobs) {
        JobStreams api = streams("api");
        return api.enqueue(Mode.SUBMIT, api.time(), List.of(jobs));
    }

    default List<Admission> reconcile(Job... jobs) {
        JobStreams api = streams("api");
        return api.enqueue(Mode.RECONCILE, api.time(), List.of(jobs));
    }

    /** Submits the job, and lets a living worker take it. */
    default Delivery takenBy(JobStreams worker, Job job) {
        assertThat(submit(job)).containsExactly(Admission.OK);
        worker.renew(LEASE, List.of());
        List<Delivery> taken = worker.take(job.queue(), 1);
        assertThat(taken).extracting(Delivery::job).containsExactly(job);
        return taken.getFirst();
    }

    /** The worker that took the entry dies, and its lease with it. */
    default void dies(String consumer, Delivery held) {
        probe().gone(consumer);
        probe().age(held.lane(), held.entry(), LEASE);
    }

    /** The job's two workers die, one after the other, so that it becomes a suspect. */
    default Delivery madeSuspect(Job job) {
        dies("ann", takenBy(ann(), job));
        List<Delivery> claimed = bob().reclaim(job.queue(), 1, LEASE);
        assertThat(claimed).hasSize(1);
        dies("bob", claimed.getFirst());
        assertThat(streams("cid").reclaim(job.queue(), 1, LEASE)).isEmpty();
        List<Delivery> suspects = streams("cid").takeSuspect(job.queue());
        assertThat(suspects).hasSize(1);
        return suspects.getFirst();
    }

    default Admit start(JobStreams worker, Delivery delivery) {
        return worker.start(List.of(delivery)).getFirst();
    }

    default Settled succeed(JobStreams worker, Delivery delivery) {
        return end(worker, delivery, JobState.SUCCEEDED);
    }

    default Settled end(JobStreams worker, Delivery delivery, JobState state) {
        Finish finish = new Finish(delivery, state, Duration.ofMillis(7), null, null);
        return worker.finish(List.of(finish)).getFirst();
    }

    /** The only end of the job; fails if it has none, or several. */
    default Ended endOf(JobId job) {
        List<JobEvent> ends =
                probe().eventsOf(job).stream().filter(Ended.class::isInstance).toList();
        assertThat(ends).as("ends of %s", job).hasSize(1);
        return (Ended) ends.getFirst();
    }

    default Probe.Marker markerOf(JobId job) {
        return Objects.requireNonNull(probe().marker(job), () -> "no marker of " + job);
    }

    /** Nothing lies on the lane, and nobody holds anything of it. */
    default void assertEmpty(Lane lane) {
        assertThat(probe().entries(lane)).as("entries of %s", lane).isEmpty();
        assertThat(probe().pending(lane)).as("pending of %s", lane).isEmpty();
    }
}
