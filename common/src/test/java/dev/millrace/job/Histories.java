package dev.millrace.job;

import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.Position.Rank;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** Makes histories of jobs that are wilder than real ones: any tokens in any order, at most one end. */
@NullUnmarked
public final class Histories {

    private static final long FIRST_MILLIS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final List<JobState> ENDS =
            List.of(JobState.SUCCEEDED, JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED, JobState.EXPIRED);

    private final Random random;
    private long nextMillis = FIRST_MILLIS;

    public Histories(long seed) {
        this.random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    /** One to fourteen events, of which at most one is an end. */
    public List<JobEvent> of(JobId job) {
        List<JobEvent> events = new ArrayList<>();
        int count = 1 + random.nextInt(14);
        int end = random.nextBoolean() ? random.nextInt(count) : -1;
        for (int i = 0; i < count; i++) {
            events.add(i == end ? end(job) : event(job));
        }
        return events;
    }

    /**
     * The history of a job that was requeued once.
     *
     * @param before ends with its end, behind which lies no other event
     * @param after of its later runs
     */
    public record Requeued(List<JobEvent> before, List<JobEvent> after) {

        public List<JobEvent> all() {
            List<JobEvent> all = new ArrayList<>(before);
            all.addAll(after);
            return all;
        }
    }

    public Requeued requeued(JobId job) {
        Ended end = end(job);
        List<JobEvent> before = new ArrayList<>(of(job).stream()
                .filter(event -> !(event instanceof Ended) && isUpTo(event.position(), end.position()))
                .toList());
        before.add(end);
        List<JobEvent> after = of(job).stream()
                .filter(event -> !isUpTo(event.position(), end.position()))
                .toList();
        return new Requeued(before, after);
    }

    /** A second end of a run that is over; its entry came before the first one's. */
    public Ended endBefore(JobId job, Position first) {
        Ended end = end(job);
        Position position = new Position(first.token(), Rank.ENDED, EntryId.ZERO);
        return new Ended(job, position, end.attempt(), end.at(), end.state(), end.start(), end.result(), end.error());
    }

    private static boolean isUpTo(Position position, Position last) {
        return position.compareTo(last) <= 0;
    }

    /** The same events in another order, some of them several times. */
    public <T> List<T> disturbed(List<T> events) {
        List<T> disturbed = new ArrayList<>(events);
        for (T event : events) {
            for (int again = random.nextInt(3); again > 0; again--) {
                disturbed.add(event);
            }
        }
        Collections.shuffle(disturbed, random);
        return disturbed;
    }

    /** Lists of 1 to {@code max} in a row. */
    public <T> List<List<T>> batches(List<T> all, int max) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(max));
            batches.add(all.subList(from, to));
            from = to;
        }
        return batches;
    }

    public Ended end(JobId job) {
        Position position = position(Rank.ENDED);
        JobState state = ENDS.get(random.nextInt(ENDS.size()));
        boolean succeeded = state == JobState.SUCCEEDED;
        Start start = start(position);
        return new Ended(
                job,
                position,
                attempt(),
                at(position),
                state,
                start,
                succeeded ? "{\"n\":" + random.nextInt(100) + "}" : null,
                succeeded ? null : error());
    }

    private Deferred deferred(JobId job, Position position) {
        Why why = Why.values()[random.nextInt(Why.values().length)];
        Instant due = at(position).plusMillis(random.nextInt(99_999));
        JobError error = why == Why.RETRY ? error() : null;
        return new Deferred(job, position, attempt(), at(position), why, due, start(position), error);
    }

    private Start start(Position position) {
        return random.nextBoolean() ? new Start(at(position), worker(), Duration.ofMillis(random.nextInt(9999))) : null;
    }

    private JobError error() {
        return new JobError("java.io.IOException", "no. " + random.nextInt(100), "at a\nat b");
    }

    private JobEvent event(JobId job) {
        return switch (random.nextInt(4)) {
            case 0 -> queued(job, position(Rank.QUEUED));
            case 3 -> deferred(job, position(Rank.DEFERRED));
            case 1 -> started(job, position(Rank.STARTED));
            default -> progressed(job, position(Rank.STARTED));
        };
    }

    private Queued queued(JobId job, Position position) {
        return new Queued(job, position, attempt(), at(position));
    }

    private Started started(JobId job, Position position) {
        return new Started(job, position, attempt(), at(position), worker());
    }

    private Progressed progressed(JobId job, Position position) {
        Progress progress =
                new Progress(random.nextInt(50), random.nextInt(2) * 50L, random.nextBoolean() ? "half way" : null);
        return new Progressed(job, position, attempt(), at(position), progress);
    }

    private Position position(Rank rank) {
        Token token = new Token(1 + random.nextInt(3), 1 + random.nextInt(4), random.nextInt(4));
        return new Position(token, rank, new EntryId(nextMillis++, random.nextInt(3)));
    }

    private static Instant at(Position position) {
        return Instant.ofEpochMilli(position.event().millis());
    }

    private String worker() {
        return "worker-" + random.nextInt(5);
    }

    private int attempt() {
        return 1 + random.nextInt(4);
    }
}
