package dev.millrace.proving.simulation;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Token;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.simulation.Ledger.Row;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model of an api's process: what clients call, and its roles, each with the steps between which it may die: publish,
 * relay, project, repeat cancels, expire, reconcile.
 */
final class SimApi implements Actor {

    private static final long RELAY_AFTER_MILLIS = 15_000;
    private static final long REPEAT_CANCEL_MILLIS = 15_000;
    private static final long RECENT_MILLIS = 60_000;
    private static final long SILENT_MILLIS = 300_000;
    private static final int PAGE = 4;
    private static final int BATCH = 50;

    private final World world;
    private final String name;
    private final JobStreams streams;
    private final Ledger record;
    private final Loops loops;
    private final int publishing;
    private final Deque<Publication> waiting = new ArrayDeque<>();
    private final Deque<Job> walk = new ArrayDeque<>();
    private List<Job> read = List.of();
    private Instant readAsOf = Instant.EPOCH;
    private int walking;
    private long sweptAt;

    private record Publication(Job job, Instant asOf) {}

    SimApi(World world, String name) {
        this.world = world;
        this.name = name;
        this.streams = new Wire(world, name).streams();
        this.record = world.record();
        this.loops = new Loops(world);
        this.sweptAt = world.now();
        loops.add(this::reconcile);
        this.publishing = loops.add(this::publish);
        loops.add(this::relay);
        loops.add(this::project);
        loops.add(this::makeOrdered);
        loops.add(this::repeatCancels);
        loops.add(this::expire);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Loops loops() {
        return loops;
    }

    @Override
    public void slept(long millis) {}

    /** A client's call. The time of Redis comes first; none known: the relay publishes. */
    void submit(Job job, @Nullable Long due) {
        Instant asOf = timeOrNull();
        int attempts = SimWorker.POLICY.maxAttempts();
        if (world.has(Bug.ANSWER_BEFORE_COMMIT) && world.chance(10)) {
            world.trace().submitted(job, attempts, Outcome.OK, due);
            throw new Crash();
        }
        try {
            record.insert(job);
        } catch (Ledger.Away away) {
            world.trace().submitted(job, attempts, Outcome.FAIL, due);
            return;
        }
        boolean unheard = world.stormy() && world.chance(3);
        world.trace().submitted(job, attempts, unheard ? Outcome.UNKNOWN : Outcome.OK, due);
        offer(job, asOf);
    }

    /** The publisher may forget whatever it is offered; the relay finds it. */
    private void offer(Job job, @Nullable Instant asOf) {
        boolean forgotten = world.stormy() && world.chance(15);
        if (asOf != null && !forgotten) {
            waiting.add(new Publication(job, asOf));
            loops.wake(publishing);
        }
    }

    private @Nullable Instant timeOrNull() {
        try {
            return streams.time();
        } catch (StreamsUnavailable away) {
            return null;
        }
    }

    /** A client's call: first the wish is committed, then Redis is asked. */
    void cancel(JobId job) {
        Row row = record.row(job);
        if (row == null || row.ended() || world.postgresIsAway()) {
            return;
        }
        row.cancelRequested = true;
        row.cancelledAt = world.now();
        String answer = null;
        try {
            answer = carriedOut(row);
        } catch (StreamsUnavailable | Ledger.Away later) {
            answer = null;
        } finally {
            world.trace().cancelled(job, Outcome.OK, answer);
        }
    }

    private @Nullable String carriedOut(Row row) {
        Cancel wish = new Cancel(row.job.id(), row.job.queue(), row.run, JobState.CANCELLED);
        Cancellation answer = streams.cancel(List.of(wish)).getFirst();
        if (answer == Cancellation.NONE) {
            return record.endUnsent(row.job.id(), JobState.CANCELLED, wish.run(), streams.epoch()) ? "CANCELLED" : null;
        }
        return answer == Cancellation.FLAGGED ? "FLAGGED" : null;
    }

    /** A client's call. */
    void requeue(JobId job) {
        Instant asOf = timeOrNull();
        Row row = record.row(job);
        if (row == null || world.postgresIsAway()) {
            return;
        }
        if (record.requeue(job)) {
            world.trace().requeued(job, Outcome.OK);
            offer(row.next(row.run), asOf);
        }
    }

    private long publish() {
        Publication next = waiting.poll();
        if (next == null) {
            return 500;
        }
        Admission admission =
                streams.enqueue(Mode.SUBMIT, next.asOf(), List.of(next.job())).getFirst();
        settle(next.job().id(), admission);
        return 20;
    }

    private void settle(JobId job, Admission admission) {
        Row row = Objects.requireNonNull(record.row(job));
        if (admission != Admission.LATE && admission != Admission.FULL) {
            record.reach();
            row.outbox = false;
        }
    }

    /** First reads, then publishes; anything may happen between the two. */
    private long relay() {
        if (!read.isEmpty()) {
            publishRead();
            return 1_000;
        }
        readAsOf = streams.time();
        record.reach();
        read = record.rows().stream()
                .filter(row -> row.outbox && world.now() - row.outboxSince >= RELAY_AFTER_MILLIS)
                .filter(row -> world.has(Bug.ENDED_REPUBLISHED) || (!row.ended() && !row.cancelRequested))
                .limit(PAGE)
                .map(row -> row.next(row.run))
                .toList();
        return read.isEmpty() ? 1_000 : 1 + world.random(world.stormy() && world.chance(30) ? 40_000 : 100);
    }

    private void publishRead() {
        List<Job> jobs = read;
        read = List.of();
        List<Admission> admissions = streams.enqueue(Mode.SUBMIT, readAsOf, jobs);
        for (int i = 0; i < jobs.size(); i++) {
            settle(jobs.get(i).id(), admissions.get(i));
        }
    }

    private long project() {
        if (world.redisIsAway()) {
            throw new StreamsUnavailable("Redis is away.");
        }
        List<StreamEntry> entries = world.has(Bug.CURSOR_BY_ID)
                ? world.redis().probe().eventsAfter(record.cursor())
                : world.redis().probe().giveToProjection(name, BATCH);
        if (entries.isEmpty()) {
            return 300;
        }
        List<JobEvent> events = new ArrayList<>();
        for (StreamEntry entry : entries) {
            if (EventCodec.decode(entry) instanceof Decoded.Event one) {
                events.add(one.event());
            }
        }
        record.project(events);
        record.cursorAt(entries.getLast().id());
        acknowledge(entries, events);
        if (world.has(Bug.ORDERS_BEHIND_THE_COMMIT)) {
            record.takeOrdersLater(events);
        }
        return 100;
    }

    private long makeOrdered() {
        record.makeOrdered();
        return 250;
    }

    private void acknowledge(List<StreamEntry> entries, List<JobEvent> events) {
        if (world.stormy() && world.weather().has(Weather.Kind.KILL) && world.chance(5)) {
            throw new Crash();
        }
        List<EntryId> ids = entries.stream().map(StreamEntry::id).toList();
        streams.projected(
                ids,
                events.stream()
                        .filter(Ended.class::isInstance)
                        .map(end -> ended(end.job(), end.position().token()))
                        .toList());
    }

    private static EndedRun ended(JobId job, Token token) {
        return new EndedRun(job, token.epoch(), token.run());
    }

    private long repeatCancels() {
        record.reach();
        for (Row row : record.rows()) {
            if (row.cancelRequested && !row.ended() && world.now() - row.cancelledAt >= REPEAT_CANCEL_MILLIS) {
                carriedOut(row);
            }
        }
        return 5_000;
    }

    private long expire() {
        record.reach();
        for (Row row : record.rows()) {
            Instant expires = row.job.expiresAt();
            boolean over = expires != null && !expires.isAfter(world.instant());
            if (over && !row.ended() && row.status.state() != JobState.RUNNING) {
                expire(row);
            }
        }
        return 5_000;
    }

    private void expire(Row row) {
        Cancel wish = new Cancel(row.job.id(), row.job.queue(), row.run, JobState.EXPIRED);
        if (streams.cancel(List.of(wish)).getFirst() == Cancellation.NONE) {
            record.endUnsent(row.job.id(), JobState.EXPIRED, wish.run(), streams.epoch());
        }
    }

    private long reconcile() {
        if (walking > 0) {
            return walkOn();
        }
        int redis = redisEpoch();
        if (redis < 0 || !record.complete() || redis != record.epoch()) {
            if (record.lockReconcile(name)) {
                open(redis);
                return 10;
            }
        } else if (world.now() - sweptAt > 2 * SILENT_MILLIS) {
            sweep();
        }
        return 1_000;
    }

    /** -1 while it is cold. */
    private int redisEpoch() {
        try {
            return streams.epoch();
        } catch (StreamsUnavailable.Cold cold) {
            return -1;
        }
    }

    private void open(int redis) {
        boolean same = world.has(Bug.RECONCILE_WITHOUT_EPOCH) && record.epoch() > 0;
        int next = same ? record.epoch() : 1 + Math.max(record.epoch(), redis);
        record.raise(next);
        streams.markEnded(record.rows().stream()
                .filter(row -> row.ended() && world.now() - row.endedAt <= RECENT_MILLIS)
                .map(row -> ended(row.job.id(), row.status.position().token()))
                .toList());
        streams.bless(next);
        walking = next;
        collect(row -> true);
    }

    private void collect(Predicate<Row> wanted) {
        walk.clear();
        int runs = world.has(Bug.RECONCILE_WITHOUT_EPOCH) ? 0 : 1;
        record.rows().stream()
                .filter(row -> !row.ended() && !row.cancelRequested && wanted.test(row))
                .forEach(row -> walk.add(row.next(row.run + runs)));
    }

    /** One page. What it reads, it reads again, since rows move on meanwhile. */
    private long walkOn() {
        try {
            Instant asOf = streams.time();
            putBack(asOf);
        } catch (StreamsUnavailable | Ledger.Away broken) {
            walking = 0;
            record.unlockReconcile(name);
            throw broken;
        }
        if (walk.isEmpty()) {
            record.completed(walking);
            walking = 0;
            record.unlockReconcile(name);
            return 1_000;
        }
        return 20;
    }

    private void putBack(Instant asOf) {
        record.reach();
        int runs = world.has(Bug.RECONCILE_WITHOUT_EPOCH) ? 0 : 1;
        List<Job> page = new ArrayList<>();
        while (page.size() < PAGE && !walk.isEmpty()) {
            Row row = Objects.requireNonNull(record.row(walk.poll().id()));
            if (!row.ended() && !row.cancelRequested) {
                page.add(row.next(row.run + runs));
            }
        }
        if (!page.isEmpty()) {
            streams.enqueue(Mode.RECONCILE, asOf, page);
        }
    }

    private void sweep() {
        sweptAt = world.now();
        collect(row -> world.now() - row.lastHeard > SILENT_MILLIS);
        Instant asOf = streams.time();
        while (!walk.isEmpty()) {
            putBack(asOf);
        }
    }
}
