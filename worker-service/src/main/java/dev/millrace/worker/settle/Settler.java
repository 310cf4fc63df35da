package dev.millrace.worker.settle;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.settle.Settlement.Ends;
import dev.millrace.worker.settle.Settlement.Returns;
import dev.millrace.worker.settle.Settlement.Waits;
import dev.millrace.worker.settle.Verdict.Back;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Settles in Redis how runs ended, in batches of whatever has gathered. While Redis is away they wait here and stay in
 * {@link HeldJobs}; a settling call may be repeated without harm, so that no end counts twice and none is lost but by a
 * crash, after which the lease runs out. There are never more than two batches of them, and one for each slot.
 */
public final class Settler {

    private static final Duration IDLE = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger(Settler.class);

    private final Settling streams;
    private final HeldJobs held;
    private final Leaks leaks;
    private final SettleMeters meters;
    private final JobLog log;
    private final Time time;
    private final Unsettled unsettled = new Unsettled();

    public Settler(Settling streams, HeldJobs held, Leaks leaks, SettleMeters meters, JobLog log, Time time) {
        this.streams = streams;
        this.held = held;
        this.leaks = leaks;
        this.meters = meters;
        this.log = log;
        this.time = time;
    }

    /** Lets the verdict become true, unless the run's fate was decided before, which makes it false. */
    public boolean settle(JobRun run, Verdict verdict) {
        boolean first = run.decide();
        if (first) {
            unsettled.add(Settlement.of(run, verdict, time));
        }
        return first;
    }

    /**
     * Has jobs made that a run has ordered, whatever becomes of it. False if Redis does not have them: it is away, or the job is
     * another worker's by now.
     */
    public boolean order(JobRun run, String orders) {
        try {
            boolean ours =
                    streams.order(List.of(new Ordering(run.delivery(), orders))).isEmpty();
            if (!ours) {
                lose(run);
            }
            return ours;
        } catch (StreamsUnavailable away) {
            LOG.debugf("Orders wait for the end of their run: %s", away.getMessage());
            return false;
        }
    }

    /** Puts the job back on its queue, unless its fate was decided before, which makes it false. */
    public boolean handBack(JobRun run) {
        return settle(run, new Back());
    }

    /** Somebody wants the job to end: one that waits does at once, one that runs is asked to. */
    public void cancel(JobRun run) {
        if (run.running()) {
            run.stop(Reason.CANCELLED);
        } else if (run.decideIfWaiting()) {
            unsettled.add(Settlement.cancelled(run));
        }
    }

    /**
     * Another worker has it. What waits is dropped; what runs is interrupted, and its end is settled all the same: that it is
     * fenced is for Redis to say.
     */
    public void lose(JobRun run) {
        if (run.waiting()) {
            drop(run);
        } else if (run.running() && run.lose()) {
            log.of(run.job()).within(() -> LOG.warn("Lost the job's lease to another worker."));
            meters.leaseLost();
            run.stop(Reason.LEASE_LOST);
            leaks.expect(run);
        }
    }

    /** Lets go of a job that is not to be run. */
    public void drop(JobRun run) {
        run.decide();
        held.remove(run);
    }

    /** How many ends and handbacks Redis does not know of yet. */
    public int waiting() {
        return unsettled.size();
    }

    /**
     * Returns when few enough ends wait for a slot to be used again. When tasks end faster than Redis is told of it, this
     * makes them begin no faster either.
     */
    public void awaitRoom() {
        unsettled.awaitRoom();
    }

    /** Settles what has gathered, or waits a moment for something to do. */
    public Duration settleOnce() throws InterruptedException {
        List<Settlement> batch = unsettled.take(IDLE);
        if (batch.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            settle(batch);
        } catch (StreamsUnavailable.Refused refused) {
            settleEach(batch, refused);
        } catch (StreamsUnavailable unavailable) {
            unsettled.addAll(batch);
            throw unavailable;
        }
        return Duration.ZERO;
    }

    /** One that Redis refuses must not keep the others. */
    private void settleEach(List<Settlement> batch, StreamsUnavailable.Refused refusal) {
        if (batch.size() == 1) {
            unsettled.addAll(batch);
            throw refusal;
        }
        for (Settlement one : batch) {
            try {
                settle(new ArrayList<>(List.of(one)));
            } catch (StreamsUnavailable again) {
                unsettled.add(one);
            }
        }
    }

    /** Takes out of the batch what is settled, so that what is left when this fails is what has to be settled again. */
    private void settle(List<Settlement> batch) {
        reportLastProgress(batch);
        settle(batch, Ends.class, ends -> streams.finish(each(ends, Ends::finish)));
        settle(batch, Waits.class, waits -> streams.defer(each(waits, Waits::deferral)));
        settle(batch, Returns.class, returns -> streams.handback(each(returns, Returns::delivery)));
    }

    private <S extends Settlement> void settle(
            List<Settlement> batch, Class<S> kind, Function<List<S>, List<Settled>> call) {
        List<S> some = batch.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (!some.isEmpty()) {
            done(some, call.apply(some));
            batch.removeIf(kind::isInstance);
        }
    }

    private static <S, T> List<T> each(List<S> settlements, Function<S, T> request) {
        return settlements.stream().map(request).toList();
    }

    /** The last report before the end would otherwise be lost in the interval between two reports. */
    private void reportLastProgress(List<Settlement> batch) {
        List<ProgressReport> reports = batch.stream()
                .map(Settlement::run)
                .filter(run -> run.reports().unreported() != null)
                .map(run ->
                        new ProgressReport(run.delivery(), null, run.reports().unreported()))
                .toList();
        if (!reports.isEmpty()) {
            streams.report(reports);
        }
    }

    private void done(List<? extends Settlement> settlements, List<Settled> replies) {
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            held.remove(settlement.run());
            count(settlement, replies.get(i));
        }
    }

    private void count(Settlement settlement, Settled reply) {
        switch (reply) {
            case OK -> meters.settled(settlement);
            case FENCED -> fenced(settlement);
        }
    }

    private void fenced(Settlement settlement) {
        Delivery delivery = settlement.delivery();
        log.of(delivery.job())
                .within(() -> LOG.warnf(
                        "Another worker took the job over; its end here, with token %s, is FENCED and dropped.",
                        delivery.token()));
        meters.fenced();
    }
}
