package dev.millrace.testkit.fake;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.JobStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link JobStreams} on a {@link FakeRedis}; {@code await} looks once and does not wait. */
final class FakeJobStreams implements JobStreams {

    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final FakeRedis redis;
    private final String consumer;
    private final Set<QueueName> seenOpen = new HashSet<>();
    private FakeConnections.@Nullable One connection;
    private FakeConnections.@Nullable One registered;

    FakeJobStreams(FakeRedis redis, String consumer) {
        this.redis = redis;
        this.consumer = consumer;
    }

    private Call call() {
        return Call.ofWorker(redis, consumer);
    }

    @Override
    public Instant time() {
        return Instant.ofEpochMilli(redis.now());
    }

    @Override
    public Duration uptime() {
        return redis.uptime();
    }

    @Override
    public int epoch() {
        return Integer.parseInt(call().epoch);
    }

    @Override
    public void bless(int epoch) {
        redis.bless(epoch);
    }

    @Override
    public void markEnded(List<EndedRun> runs) {
        long until = redis.now() + Call.MARKER_TTL_MILLIS;
        runs.forEach(run ->
                redis.data().set(NAMES.markerPrefix() + run.job(), run.epoch() + "." + run.run() + "|E|0|", until));
    }

    @Override
    public long live(QueueName queue, Band band) {
        return length(Lane.of(queue, band));
    }

    private long length(Lane lane) {
        Stream stream = redis.data().stream(NAMES.lane(lane));
        return stream == null ? 0 : stream.length();
    }

    @Override
    public List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs) {
        Batch.check(jobs);
        return new Enqueueing(call()).enqueue(mode, asOf, jobs);
    }

    @Override
    public List<Delivery> take(QueueName queue, int n) {
        List<Lane> bands =
                Arrays.stream(Band.values()).map(band -> Lane.of(queue, band)).toList();
        return new Taking(call()).take(queue, bands, n);
    }

    @Override
    public List<Delivery> takeSuspect(QueueName queue) {
        return new Taking(call()).take(queue, List.of(Lane.suspect(queue)), 1);
    }

    @Override
    public List<Delivery> await(List<QueueName> queues, int n, Duration atMost) {
        Taking taking = new Taking(call());
        List<QueueName> open = queues.stream()
                .filter(queue -> seenOpen.contains(queue) || !taking.paused(queue))
                .toList();
        seenOpen.removeAll(open);
        List<Taking.Raw> found = taking.read(open, n);
        List<Delivery> admitted = admitted(taking, found);
        if (admitted.size() == found.size()) {
            found.forEach(raw -> seenOpen.add(raw.lane().queue()));
        }
        return admitted;
    }

    @Override
    public List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle) {
        Taking taking = new Taking(call());
        return admitted(
                taking,
                taking.strays(
                        queue,
                        raw -> !known.contains(new EntryKey(raw.lane(), raw.entry())),
                        idle.toMillis(),
                        Batch.MAX));
    }

    private static List<Delivery> admitted(Taking taking, List<Taking.Raw> found) {
        List<Delivery> admitted = new ArrayList<>();
        for (Taking.Raw raw : found) {
            if (taking.start(raw.lane(), raw.entry(), raw.delivery(), Taking.target(raw)) == Admit.GO) {
                admitted.add(EntryCodec.delivery(raw.lane(), raw.entry(), raw.delivery(), Call.parse(raw.flat())));
            }
        }
        return admitted;
    }

    @Override
    public List<Admit> start(List<Delivery> entries) {
        Batch.check(entries);
        Taking taking = new Taking(call());
        return entries.stream()
                .map(one -> taking.start(one.lane(), one.entry(), one.token().delivery(), backTo(one)))
                .toList();
    }

    @Override
    public Set<EntryKey> report(List<ProgressReport> reports) {
        Batch.check(reports);
        Settling settling = new Settling(call());
        Set<EntryKey> lost = new HashSet<>();
        for (ProgressReport report : reports) {
            if (!settling.report(report)) {
                lost.add(EntryKey.of(report.delivery()));
            }
        }
        return lost;
    }

    @Override
    public Set<EntryKey> order(List<Ordering> orderings) {
        Batch.check(orderings);
        Settling settling = new Settling(call());
        return orderings.stream()
                .filter(ordering -> !settling.order(ordering))
                .map(ordering -> EntryKey.of(ordering.delivery()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<Settled> finish(List<Finish> finishes) {
        Batch.check(finishes);
        return new Settling(call()).finish(finishes);
    }

    @Override
    public List<Settled> handback(List<Delivery> entries) {
        Batch.check(entries);
        Settling settling = new Settling(call());
        return entries.stream().map(one -> settling.handback(one, backTo(one))).toList();
    }

    @Override
    public List<Settled> defer(List<Deferral> deferrals) {
        Batch.check(deferrals);
        Settling settling = new Settling(call());
        return deferrals.stream().map(settling::defer).toList();
    }

    @Override
    public List<Cancellation> cancel(List<Cancel> cancels) {
        Batch.check(cancels);
        Cancelling cancelling = new Cancelling(call());
        return cancels.stream().map(cancelling::cancel).toList();
    }

    @Override
    public List<Cancellation> purge(List<Cancel> cancels) {
        Batch.check(cancels);
        Cancelling cancelling = new Cancelling(call());
        return cancels.stream().map(cancelling::purge).toList();
    }

    @Override
    public void pause(QueueName queue) {
        call().data.set(NAMES.paused(queue), "1");
    }

    @Override
    public void resume(QueueName queue) {
        call().data.delete(NAMES.paused(queue));
    }

    @Override
    public void keepPaused(Collection<QueueName> queues) {
        queues.forEach(queue -> redis.data().set(NAMES.paused(queue), "1"));
    }

    @Override
    public Set<QueueName> paused(Collection<QueueName> queues) {
        return queues.stream()
                .filter(queue -> redis.data().text(NAMES.paused(queue), 0) != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Renewal renew(Duration lease, List<Delivery> entries) {
        return new Leasing(call()).renew(lease.toMillis(), entries);
    }

    @Override
    public List<Delivery> reclaim(QueueName queue, int n, Duration lease) {
        return new Leasing(call()).reclaim(queue, n, lease.toMillis());
    }

    @Override
    public long suspects(QueueName queue) {
        Lane lane = Lane.suspect(queue);
        Stream stream = redis.data().stream(NAMES.lane(lane));
        Group group = stream == null ? null : stream.group(StreamNames.WORKERS);
        return length(lane) - (group == null ? 0 : group.pending().size());
    }

    @Override
    public boolean holdSuspectLock(QueueName queue, Duration lease) {
        Call call = call();
        String holder = call.data.text(NAMES.suspectLock(queue), call.now);
        if (holder != null && !holder.equals(consumer)) {
            return false;
        }
        call.data.set(NAMES.suspectLock(queue), consumer, call.now + lease.toMillis());
        return true;
    }

    @Override
    public void releaseSuspectLock(QueueName queue) {
        new Leasing(call()).letGo(queue, consumer);
    }

    @Override
    public void projected(List<EntryId> events, List<EndedRun> ended) {
        Call call = call();
        Group group = call.groupOf(NAMES.events(), StreamNames.PROJECTION);
        if (group != null) {
            events.forEach(group::acknowledge);
        }
        for (EndedRun run : ended) {
            String key = NAMES.markerPrefix() + run.job();
            String marker = call.data.text(key, call.now);
            if (marker != null && marker.startsWith(run.epoch() + "." + run.run() + "|E|")) {
                call.data.set(key, marker, call.now + Call.MARKER_TTL_MILLIS);
            }
        }
    }

    @Override
    public boolean forget(Lane lane, String gone) {
        Call call = call();
        Group group = call.groupOf(NAMES.lane(lane));
        if (group == null || !group.consumers().containsKey(gone)) {
            return true;
        }
        if (group.holdsFor(gone) && !call.has(Flaw.FORGET_WITH_PENDING)) {
            return false;
        }
        group.forget(gone);
        return true;
    }

    @Override
    public void forgetGone(QueueName queue) {
        for (Lane lane : Lane.all(queue)) {
            Group group = call().groupOf(NAMES.lane(lane));
            if (group != null) {
                List.copyOf(group.consumers().keySet()).stream()
                        .filter(this::isGone)
                        .forEach(name -> forget(lane, name));
            }
        }
    }

    @Override
    public void leave(List<QueueName> queues) {
        redis.data().delete(NAMES.workerPrefix() + consumer);
        for (QueueName queue : queues) {
            Lane.all(queue).forEach(lane -> forget(lane, consumer));
        }
    }

    private FakeConnections.One connected() {
        FakeConnections.One known = connection;
        if (known == null || !redis.connections().isOpen(known)) {
            known = redis.connections().connect(consumer);
            connection = known;
        }
        return known;
    }

    void cut() {
        if (connection != null) {
            redis.connections().close(connection);
        }
    }

    @Override
    public boolean register(List<QueueName> queues) {
        FakeConnections.One own = connected();
        boolean known = new Leasing(call()).register(own, queues);
        registered = known ? own : null;
        return known;
    }

    @Override
    public boolean lostConnection() {
        boolean lost = registered != null && !redis.connections().isOpen(registered);
        registered = lost ? null : registered;
        return lost;
    }

    @Override
    public Look look() {
        return new Leasing(call()).look(connected());
    }

    @Override
    public boolean lapse(Registered gone, Duration moment, Duration lease) {
        return new Leasing(call()).lapse(gone, connected(), moment.toMillis(), lease.toMillis());
    }

    private boolean isGone(String worker) {
        return redis.data().text(NAMES.workerPrefix() + worker, redis.now()) == null;
    }

    /** Where a handback brings an entry: a suspect stays one. */
    private static Lane backTo(Delivery entry) {
        return entry.lane().isSuspect()
                ? entry.lane()
                : Lane.of(entry.job().queue(), entry.job().band());
    }
}
