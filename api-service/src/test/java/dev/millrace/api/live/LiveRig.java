package dev.millrace.api.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.api.RealServers;
import dev.millrace.api.base.timeout.Timeouts;
import dev.millrace.api.live.events.CommittedEnds;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.live.events.EventEndWaiter;
import dev.millrace.api.live.events.History;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.events.RecentEvents;
import dev.millrace.api.live.sse.Frames;
import dev.millrace.api.live.sse.LiveMeters;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.loop.Loop;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupInfo;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.testkit.Awaiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The live side on a stream of its own, with the real servers; the test plays the worker and the projection. */
final class LiveRig implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String PROJECTION = "the-projection";
    private static final Timeouts TIMEOUTS = new Timeouts();

    final RealServers servers = RealServers.get();
    final String stream = "mr:{test}:events-" + UUID.randomUUID();
    final RedisLink link = servers.link();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final LiveContext streams;
    private final Tail tail;
    private final List<Loop> loops;

    static final LiveSettings WIDE = settings(Duration.ofSeconds(15), 256, 65_536, 100_000);

    /** Bounds of what is kept and given. */
    static LiveSettings settings(Duration heartbeat, int clientEvents, int recentEvents, int searchedEntries) {
        return new LiveSettings(heartbeat, clientEvents, 262_144, recentEvents, 1 << 26, searchedEntries);
    }

    /** Events are read whether or not anybody listens. */
    LiveRig(LiveSettings limits) {
        this(limits, System::nanoTime);
        streams.live().follow();
        awake();
    }

    /** Events are read while somebody listens, and for a while by this time. */
    static LiveRig resting(LongSupplier nanos) {
        return new LiveRig(WIDE, nanos);
    }

    private LiveRig(LiveSettings limits, LongSupplier nanos) {
        tail = new Tail(servers.link(), stream, "live-", "rig", PROJECTION);
        JobQueries queries = new JobQueries(servers.pool());
        LiveEvents live = new LiveEvents(tail, new RecentEvents(limits.recentEvents(), limits.recentBytes()), nanos);
        CommittedEnds ends = new CommittedEnds(queries, System::nanoTime);
        Frames frames = new Frames(json(), InstantSource.system());
        Feed feed = new Feed(live, ends, queries, frames);
        streams = new LiveContext(
                live,
                new History(live, servers.link(), stream, limits.searchedEntries()),
                ends,
                feed,
                queries,
                frames,
                limits,
                new LiveMeters(registry));
        // The stream is never empty, and the reader stands behind this first entry before the test begins.
        RealServers.add(link, stream, Map.of("type", "NOTHING"));
        loops = List.of(
                Loop.start("ends", turning(ends::lookOnce), PAUSE, System::nanoTime),
                Loop.start("feed", feed::forwardOnce, PAUSE, System::nanoTime),
                Loop.start("live", live::readOnce, PAUSE, System::nanoTime));
    }

    /** As the service makes it, but for where it reads rows. */
    EndWaiter waiter(JobQueries queries) {
        return new EventEndWaiter(streams.live(), streams.ends(), queries, TIMEOUTS);
    }

    void awake() {
        try {
            streams.live().wake(RealServers.SOON);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The group of the projection, which has acknowledged nothing yet. */
    void projectionJoins() {
        link.call(Requests.of(Command.XGROUP, "CREATE", stream, PROJECTION, "0"));
    }

    /** All that there is up to here is given to the projection, and acknowledged up to the other place. */
    void projected(EntryId acknowledged) {
        for (StreamEntry entry : Replies.ofOneStream(link.call(
                Requests.of(Command.XREADGROUP, "GROUP", PROJECTION, "one", "COUNT", 1000, "STREAMS", stream, ">")))) {
            if (entry.id().compareTo(acknowledged) <= 0) {
                link.call(Requests.of(Command.XACK, stream, PROJECTION, entry.id()));
            }
        }
    }

    /** The last entry that this rig's reader was given, or behind which it joined; empty before it ever did. */
    Optional<EntryId> given() {
        return GroupInfo.of(link, stream, "live-rig").map(GroupInfo::delivered);
    }

    Client job(JobId job, @Nullable String lastEventId) {
        return Client.of(new JobEventStream(streams, "default", Redaction.NONE, job, lastEventId), streams.meters());
    }

    Client feed(FeedFilter filter, @Nullable String lastEventId) {
        return Client.of(new GlobalEventStream(streams, filter, Redaction.NONE, lastEventId), streams.meters());
    }

    EntryId started(JobId job) {
        return started(job, 1);
    }

    EntryId started(JobId job, long run) {
        return add(new Started(job, position(run, Rank.STARTED), 1, now(), "w-" + run));
    }

    EntryId queued(JobId job, long run) {
        return add(new Queued(job, position(run, Rank.QUEUED), 1, now()));
    }

    EntryId progressed(JobId job, long current) {
        return add(new Progressed(job, position(Rank.STARTED), 1, now(), new Progress(current, 100, "at " + current)));
    }

    EntryId succeeded(JobId job) {
        return succeeded(job, 1);
    }

    EntryId succeeded(JobId job, long run) {
        return add(
                new Ended(job, position(run, Rank.ENDED), 1, now(), JobState.SUCCEEDED, null, "{\"ok\":true}", null));
    }

    /** It tells of a start of its own measuring, decades before the one that was told when it began. */
    EntryId deferred(JobId job, Why why, Instant due) {
        int next = why == Why.RETRY ? 2 : 1;
        Start measured = new Start(Instant.EPOCH, "w-1", Duration.ZERO);
        return add(new Deferred(job, position(Rank.DEFERRED), next, now(), why, due, measured, null));
    }

    EntryId add(JobEvent event) {
        return RealServers.add(link, stream, EventFields.of(event));
    }

    /** What the projection does on an end. */
    void commitEnd(JobId job, EntryId entry) {
        commitEnd(job, 1, entry);
    }

    /** What a requeue makes of a row that ended with its first run, whether or not the row showed that end. */
    void requeue(JobId job, EntryId end) {
        servers.sql("""
                update api.job set state = 'QUEUED', run = 2, position = $2, superseded_up_to = $2, ended_position = null,
                    finished_at = null, result = null, started_position = null, started_at = null, worker = null,
                    version = version + 1 where id = $1""", job.uuid(), Buffer.buffer(endOf(1, end).packed()));
    }

    /** Where an end stands. */
    static Position endOf(long run, EntryId entry) {
        return new Position(new Token(1, run, 1), Rank.ENDED, entry);
    }

    void commitEnd(JobId job, long run, EntryId entry) {
        Position position = endOf(run, entry);
        servers.sql("""
                update api.job set state = 'SUCCEEDED', position = $2, ended_position = $2, finished_at = $3,
                    run = $4, result = '{"ok":true}', version = version + 1 where id = $1""", job.uuid(), Buffer.buffer(position.packed()), now().atOffset(ZoneOffset.UTC), run);
    }

    void awaitRead(EntryId entry) {
        awaitRead(streams.live(), entry);
    }

    static void awaitRead(LiveEvents live, EntryId entry) {
        Awaiting.until("the reader has come to " + entry, () -> live.position().compareTo(entry) >= 0);
    }

    @Override
    public void close() {
        streams.ends().close();
        streams.feed().close();
        streams.live().close();
        loops.parallelStream().forEach(loop -> loop.stop(Duration.ofSeconds(2)));
        tail.close();
        link.close();
    }

    static ObjectMapper json() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    private static Position position(Rank rank) {
        return position(1, rank);
    }

    private static Position position(long run, Rank rank) {
        // The entry's id is Redis's to give; readers take it from there.
        return new Position(new Token(1, run, rank == Rank.QUEUED ? 0 : 1), rank, EntryId.ZERO);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(InstantSource.system().millis());
    }

    @FunctionalInterface
    private interface Turn {
        void once() throws InterruptedException;
    }

    private static Loop.Step turning(Turn turn) {
        return () -> {
            turn.once();
            return Duration.ZERO;
        };
    }
}
