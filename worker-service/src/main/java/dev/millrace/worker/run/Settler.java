package dev.millrace.worker.run;

import dev.millrace.stream.Delivery;
import dev.millrace.stream.JobStreams;
import dev.millrace.stream.JobStreams.Finish;
import dev.millrace.stream.JobStreams.Note;
import dev.millrace.stream.JobStreams.Settled;
import dev.millrace.stream.StreamsUnavailable;
import dev.millrace.worker.run.StopSignal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells Redis how runs ended, in batches of whatever has gathered. While Redis is away they wait here and stay in
 * {@link HeldJobs}; since a settling call may be repeated, nothing is told twice and nothing is lost but by a crash, after
 * which the lease runs out.
 */
public final class Settler {

    private static final Duration IDLE = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger(Settler.class);

    private final JobStreams streams;
    private final HeldJobs held;
    private final RunMeters meters;
    private final JobLog log;
    private final LinkedBlockingDeque<Settlement> waiting = new LinkedBlockingDeque<>();

    /** A run and its end; without one it goes back to its queue. */
    private record Settlement(JobRun run, @Nullable Finish finish) {}

    public Settler(JobStreams streams, HeldJobs held, RunMeters meters, JobLog log) {
        this.streams = streams;
        this.held = held;
        this.meters = meters;
        this.log = log;
        meters.watchUntold(waiting);
    }

    /** Ends the job, unless its fate was decided before, which makes it false. */
    boolean finish(JobRun run, Finish finish) {
        return run.decide() && waiting.add(new Settlement(run, finish));
    }

    /** Puts the job back on its queue, unless its fate was decided before, which makes it false. */
    public boolean handBack(JobRun run) {
        return run.decide() && waiting.add(new Settlement(run, null));
    }

    /**
     * Another worker has it. What waits is dropped; what runs is interrupted, and its end is told all the same: that it is
     * fenced is for Redis to say.
     */
    public void lose(JobRun run) {
        if (run.waiting()) {
            drop(run);
        } else if (run.running() && run.lose()) {
            log.of(run.delivery().job()).within(() -> LOG.warn("Lost the job's lease to another worker."));
            meters.leaseLost();
            run.stop(Reason.LEASE_LOST);
        }
    }

    /** Lets go of a job that is not to be run. */
    void drop(JobRun run) {
        run.decide();
        held.remove(run);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Settles what has gathered, or waits a moment for something to do. */
    public Duration settleOnce() throws InterruptedException {
        List<Settlement> batch = gathered();
        if (batch.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            settle(batch);
        } catch (StreamsUnavailable.Refused refused) {
            settleEach(batch, refused);
        } catch (StreamsUnavailable unavailable) {
            waiting.addAll(batch);
            throw unavailable;
        }
        return Duration.ZERO;
    }

    /** One that Redis refuses must not keep the others. */
    private void settleEach(List<Settlement> batch, StreamsUnavailable.Refused refusal) {
        if (batch.size() == 1) {
            waiting.addAll(batch);
            throw refusal;
        }
        for (Settlement one : batch) {
            try {
                settle(List.of(one));
            } catch (StreamsUnavailable again) {
                waiting.add(one);
            }
        }
    }

    private List<Settlement> gathered() throws InterruptedException {
        Settlement first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        List<Settlement> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, JobStreams.MAX_BATCH - 1);
        }
        return batch;
    }

    private void settle(List<Settlement> batch) {
        tellLastProgress(batch);
        List<Settlement> ends =
                batch.stream().filter(one -> one.finish() != null).toList();
        List<Settlement> backs =
                batch.stream().filter(one -> one.finish() == null).toList();
        if (!ends.isEmpty()) {
            done(ends, streams.finish(ends.stream().map(Settlement::finish).toList()));
        }
        if (!backs.isEmpty()) {
            done(
                    backs,
                    streams.handback(
                            backs.stream().map(one -> one.run().delivery()).toList()));
        }
    }

    /** The last report before the end would otherwise be lost in the interval between two tellings. */
    private void tellLastProgress(List<Settlement> batch) {
        List<Note> notes = batch.stream()
                .map(Settlement::run)
                .filter(run -> run.untold() != null)
                .map(run -> new Note(run.delivery(), null, run.untold()))
                .toList();
        if (!notes.isEmpty()) {
            streams.note(notes);
        }
    }

    private void done(List<Settlement> settlements, List<Settled> replies) {
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            held.remove(settlement.run());
            count(settlement, replies.get(i));
        }
    }

    private void fenced(Delivery delivery) {
        log.of(delivery.job())
                .within(() -> LOG.warnf(
                        "Another worker took the job over; its end here, with token %s, is FENCED and dropped.",
                        delivery.token()));
    }

    private void count(Settlement settlement, Settled reply) {
        Finish finish = settlement.finish();
        if (reply == Settled.FENCED) {
            fenced(settlement.run().delivery());
            meters.fenced();
        } else if (finish == null) {
            meters.handedBack();
        } else {
            meters.finished(finish);
        }
    }
}
