package dev.millrace.stream.jobs.calls;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.Connections;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.jobs.Pausing;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.jobs.Suspects;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@link JobStreams} on a Redis whose library is {@link FunctionLibrary}'s: the sum of the roles, each of which calls its functions. */
public final class RedisJobStreams implements JobStreams {

    private final Submitting submitting;
    private final Cancelling cancelling;
    private final RedisEpoch opening;
    private final Recording recording;
    private final Taking taking;
    private final Pausing pausing;
    private final Settling settling;
    private final Leasing leasing;
    private final Connections connections;
    private final Suspects suspects;

    /**
     * Speaks for one consumer.
     *
     * @param link for calls that do not block
     * @param blocking a link of its own for {@link #await}
     */
    public RedisJobStreams(RedisLink link, RedisLink blocking, StreamNames names, String consumer) {
        Caller caller = new Caller(link, names, consumer);
        LaneReader lanes = new LaneReader(link, blocking, names, consumer);
        Starts starts = new Starts(caller);
        this.opening = new RedisOpening(caller);
        this.submitting = new RedisSubmitting(caller, opening, lanes);
        this.cancelling = new RedisCancelling(caller);
        this.recording = new RedisRecording(caller);
        this.taking = new RedisTaking(caller, starts, lanes);
        this.pausing = new RedisPausing(caller);
        this.settling = new RedisSettling(caller);
        this.leasing = new RedisLeasing(caller, starts, lanes);
        this.connections = new RedisConnections(caller);
        this.suspects = new RedisSuspects(caller, starts, lanes);
    }

    @Override
    public long live(QueueName queue, Band band) {
        return submitting.live(queue, band);
    }

    @Override
    public List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs) {
        return submitting.enqueue(mode, asOf, jobs);
    }

    @Override
    public List<Cancellation> cancel(List<Cancel> cancels) {
        return cancelling.cancel(cancels);
    }

    @Override
    public List<Cancellation> purge(List<Cancel> cancels) {
        return cancelling.purge(cancels);
    }

    @Override
    public Instant time() {
        return opening.time();
    }

    @Override
    public Duration uptime() {
        return opening.uptime();
    }

    @Override
    public int epoch() {
        return opening.epoch();
    }

    @Override
    public void bless(int epoch) {
        opening.bless(epoch);
    }

    @Override
    public void markEnded(List<EndedRun> runs) {
        opening.markEnded(runs);
    }

    @Override
    public void projected(List<EntryId> events, List<EndedRun> ended) {
        recording.projected(events, ended);
    }

    @Override
    public List<Delivery> take(QueueName queue, int n) {
        return taking.take(queue, n);
    }

    @Override
    public List<Delivery> await(List<QueueName> queues, int n, Duration atMost) {
        return taking.await(queues, n, atMost);
    }

    @Override
    public List<Admit> start(List<Delivery> entries) {
        return taking.start(entries);
    }

    @Override
    public void pause(QueueName queue) {
        pausing.pause(queue);
    }

    @Override
    public void resume(QueueName queue) {
        pausing.resume(queue);
    }

    @Override
    public void keepPaused(Collection<QueueName> queues) {
        pausing.keepPaused(queues);
    }

    @Override
    public Set<QueueName> paused(Collection<QueueName> queues) {
        return pausing.paused(queues);
    }

    @Override
    public Set<EntryKey> report(List<ProgressReport> reports) {
        return settling.report(reports);
    }

    @Override
    public Set<EntryKey> order(List<Ordering> orderings) {
        return settling.order(orderings);
    }

    @Override
    public List<Settled> finish(List<Finish> finishes) {
        return settling.finish(finishes);
    }

    @Override
    public List<Settled> handback(List<Delivery> entries) {
        return settling.handback(entries);
    }

    @Override
    public List<Settled> defer(List<Deferral> deferrals) {
        return settling.defer(deferrals);
    }

    @Override
    public Renewal renew(Duration lease, List<Delivery> entries) {
        return leasing.renew(lease, entries);
    }

    @Override
    public List<Delivery> reclaim(QueueName queue, int n, Duration lease) {
        return leasing.reclaim(queue, n, lease);
    }

    @Override
    public boolean forget(Lane lane, String gone) {
        return leasing.forget(lane, gone);
    }

    @Override
    public void forgetGone(QueueName queue) {
        leasing.forgetGone(queue);
    }

    @Override
    public void leave(List<QueueName> queues) {
        leasing.leave(queues);
    }

    @Override
    public List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle) {
        return leasing.strays(queue, known, idle);
    }

    @Override
    public boolean register(List<QueueName> queues) {
        return connections.register(queues);
    }

    @Override
    public boolean lostConnection() {
        return connections.lostConnection();
    }

    @Override
    public Look look() {
        return connections.look();
    }

    @Override
    public boolean lapse(Registered gone, Duration moment, Duration lease) {
        return connections.lapse(gone, moment, lease);
    }

    @Override
    public long suspects(QueueName queue) {
        return suspects.suspects(queue);
    }

    @Override
    public boolean holdSuspectLock(QueueName queue, Duration lease) {
        return suspects.holdSuspectLock(queue, lease);
    }

    @Override
    public void releaseSuspectLock(QueueName queue) {
        suspects.releaseSuspectLock(queue);
    }

    @Override
    public List<Delivery> takeSuspect(QueueName queue) {
        return suspects.takeSuspect(queue);
    }
}
