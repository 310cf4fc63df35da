package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.live.events.MissedEnds;
import dev.millrace.api.live.sse.EventStream;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.StreamComplete;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobEventStreamRedisTest {

    private final RealServers servers = RealServers.get();
    private final JobId job = servers.insertJob();

    @Test
    void tellsASnapshotThenTheNewsThenTheEnd() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            Frame snapshot = client.next();
            EntryId start = rig.started(job);
            EntryId progress = rig.progressed(job, 40);
            List<Frame> change = client.next(2);
            EntryId end = rig.succeeded(job);
            rig.commitEnd(job, end);
            Frame done = client.next();

            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.data()).contains("\"state\":\"QUEUED\"", "dev.millrace.job.queued.v1", "jobs/" + job);
            assertThat(change).extracting(Frame::name).containsExactly("state", "progress");
            assertThat(change).extracting(Frame::id).containsExactly(start.toString(), progress.toString());
            assertThat(change.getFirst().data()).contains("dev.millrace.job.started.v1", "\"worker\":\"w-1\"");
            assertThat(change.getLast().data()).contains("\"percent\":40", "\"message\":\"at 40\"");
            assertThat(done.name()).isEqualTo("done");
            assertThat(done.id()).isEqualTo(end.toString());
            assertThat(done.data()).contains("dev.millrace.job.succeeded.v1", "\"result\":{\"ok\":true}");
            client.assertEnded();
        }
    }

    @Test
    void tellsWhyAndUntilWhenAJobWaits() throws InterruptedException {
        Instant due = Instant.parse("2030-01-01T00:00:00Z");
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            rig.deferred(job, Why.SNOOZE, due);
            Frame snoozed = client.next();
            rig.deferred(job, Why.THROTTLE, due);
            Frame scheduled = client.next();
            rig.deferred(job, Why.RETRY, due);
            Frame retrying = client.next();

            assertThat(snoozed.data())
                    .contains("dev.millrace.job.snoozed.v1", "\"scheduledFor\":\"2030-01-01T00:00:00Z\"");
            assertThat(scheduled.data()).contains("dev.millrace.job.scheduled.v1");
            assertThat(retrying.data())
                    .contains("dev.millrace.job.retrying.v1", "\"nextAttemptAt\":\"2030-01-01T00:00:00Z\"");
        }
    }

    @Test
    void showsAStartAsItWasToldFirst() throws InterruptedException, IOException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            rig.started(job);
            String begun = startedAt(client.next());
            rig.deferred(job, Why.RETRY, Instant.parse("2030-01-01T00:00:00Z"));

            assertThat(startedAt(client.next())).isEqualTo(begun).startsWith("2");
        }
    }

    private static String startedAt(Frame frame) throws IOException {
        return LiveRig.json().readTree(frame.data()).at("/data/startedAt").asText();
    }

    @Test
    void I9_tellsOfTheEndOnlyWhenTheRecordShowsIt() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.settings(Duration.ofSeconds(1), 256, 1000, 1000))) {
            Client client = rig.job(job, null);
            client.next();
            EntryId end = rig.succeeded(job);
            rig.awaitRead(end);
            // Two heartbeats are eight looks at the row.
            List<Frame> meanwhile =
                    IntStream.range(0, 2).mapToObj(i -> client.nextOfAll()).toList();
            rig.commitEnd(job, end);

            assertThat(meanwhile).containsOnly(Frame.HEARTBEAT);
            assertThat(client.next().name()).isEqualTo("done");
        }
    }

    @Test
    void showsInTheSnapshotWhatTheProjectionHasNotBroughtYet() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            rig.awaitRead(rig.progressed(job, 7));

            Frame snapshot = rig.job(job, null).next();

            assertThat(snapshot.data()).contains("\"state\":\"RUNNING\"", "\"current\":7");
        }
    }

    @Test
    void tellsAnEndedJobAtOnceAndNothingToWhoKnowsIt() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            rig.commitEnd(job, new EntryId(5, 5));

            Client first = rig.job(job, null);

            assertThat(first.next(2)).extracting(Frame::name).containsExactly("snapshot", "done");
            first.assertEnded();
            assertThat(rig.job(job, "5-5").failure()).isEqualTo(StreamComplete.class);
        }
    }

    @Test
    void refusesUnknownJobsAndThoseOfOthers() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EventStream foreign = new JobEventStream(rig.streams, "other", Redaction.NONE, job, null);

            assertThat(rig.job(new JobId(UUID.randomUUID()), null).failure()).isEqualTo(ProblemException.class);
            assertThat(Client.of(foreign, rig.streams.meters()).failure()).isEqualTo(ProblemException.class);
        }
    }

    @Test
    void I28_beginsAnewForAnIdThatItCannotPlace() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            for (String id : List.of("rubbish", "1-1", "99999999999999-0", "0-0")) {
                assertThat(rig.job(job, id).next(2))
                        .as(id)
                        .extracting(Frame::name)
                        .containsExactly("reset", "snapshot");
            }
        }
    }

    @Test
    void I28_resumesWithoutGapOrRepeatOverFiftyDisconnects() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.settings(Duration.ofSeconds(15), 256, 20, 100_000))) {
            Random random = new Random(42);
            JobId other = servers.insertJob();
            List<String> written = new ArrayList<>();
            List<String> told = new ArrayList<>();
            Client client = rig.job(job, null);
            String last = client.next().id();
            for (int round = 0; round < 50; round++) {
                for (int i = random.nextInt(12); i > 0; i--) {
                    written.add(rig.progressed(job, i).toString());
                    rig.progressed(other, i);
                }
                for (int i = random.nextInt(written.size() - told.size() + 1); i > 0; i--) {
                    last = client.next().id();
                    told.add(String.valueOf(last));
                }
                client.disconnect();
                client = rig.job(job, last);
            }
            while (told.size() < written.size()) {
                told.add(String.valueOf(client.next().id()));
            }

            assertThat(told).containsExactlyElementsOf(written);
        }
    }

    @Test
    void sendsAwayAClientThatDoesNotReadAndNobodyElse() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.settings(Duration.ofSeconds(15), 8, 1000, 1000))) {
            Client slow = rig.job(job, null);
            Client fast = rig.job(job, null);
            String known = slow.next().id();
            fast.next();
            for (int i = 0; i < 30; i++) {
                rig.progressed(job, i);
                assertThat(fast.next().name()).isEqualTo("progress");
            }
            // One event was on its way when the inbox overflowed.
            Frame first = slow.next();
            Frame second = slow.next();

            assertThat(known).endsWith(".s");
            assertThat(first.name()).isEqualTo("progress");
            assertThat(second.name()).isEqualTo("lagged");
            assertThat(second.id()).isEqualTo(first.id());
            slow.assertEnded();
            assertThat(rig.registry.counter("millrace_live_lagged").count()).isEqualTo(1);
        }
    }

    @Test
    void tellsEverybodyToBeginAnewWhenTheStreamIsGone() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            rig.link.call(Request.cmd(Command.DEL).arg(rig.stream));

            assertThat(client.next(2)).extracting(Frame::name).containsExactly("reset", "snapshot");
        }
    }

    @Test
    void passesOverEntriesThatAreNoEvents() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            RealServers.add(rig.link, rig.stream, Map.of("type", "PROGRESS", "job", job.toString()));
            EntryId good = rig.progressed(job, 1);

            assertThat(client.next().id()).isEqualTo(good.toString());
        }
    }

    @Test
    void tellsOfAnEndThatNoEventToldOf() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            MissedEnds unheard = new MissedEnds(rig.streams.live(), rig.streams.queries());
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            Client client = rig.job(job, null);
            client.next();
            var waiting = waiter.awaitEnd("default", job, RealServers.SOON);
            rig.commitEnd(job, new EntryId(5, 5));
            unheard.lookOnce();
            unheard.lookOnce();

            assertThat(client.next().name()).isEqualTo("done");
            client.assertEnded();
            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
        }
    }

    @Test
    void tellsWhatLayBeforeAnEndThatNoEventToldOfFirst() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            MissedEnds unheard = new MissedEnds(rig.streams.live(), rig.streams.queries());
            Client client = rig.job(job, null);
            client.next();
            rig.commitEnd(job, new EntryId(5, 5));
            unheard.lookOnce();
            EntryId before = rig.progressed(job, 1);

            assertThat(client.next().id()).isEqualTo(before.toString());
            unheard.lookOnce();
            assertThat(client.next().name()).isEqualTo("done");
        }
    }

    @Test
    void tellsAtOnceOfAnEndThatThisInstanceMadeInTheRecordAlone() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            EntryId made = new EntryId(5, 0);
            rig.commitEnd(job, made);

            rig.streams.live().publishEnd(job, LiveRig.endOf(1, made));

            assertThat(client.next().name()).isEqualTo("done");
        }
    }

    @Test
    void I28_tellsWhoKnowsTheEndWhatCameAfterItOfARequeuedJob() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            rig.started(job);
            EntryId first = rig.succeeded(job);
            rig.commitEnd(job, first);
            rig.requeue(job, first);
            EntryId queued = rig.queued(job, 2);
            rig.awaitRead(queued);

            Client client = rig.job(job, first.toString());
            Frame back = client.next();
            EntryId started = rig.started(job, 2);
            Frame running = client.next();
            EntryId second = rig.succeeded(job, 2);
            rig.commitEnd(job, 2, second);

            assertThat(back.id()).isEqualTo(queued.toString());
            assertThat(back.data()).contains("\"state\":\"QUEUED\"", "\"run\":2", "\"worker\":null");
            assertThat(running.id()).isEqualTo(started.toString());
            assertThat(running.data()).contains("\"state\":\"RUNNING\"", "\"worker\":\"w-2\"");
            assertThat(client.next()).returns("done", Frame::name).returns(second.toString(), Frame::id);
            client.assertEnded();
        }
    }

    @Test
    void I9_anEndOfAnEarlierRunDoesNotCloseTheStreamOfTheNextOne() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EntryId first = rig.succeeded(job);
            rig.awaitRead(first);
            rig.requeue(job, first);

            Client client = rig.job(job, null);
            Frame snapshot = client.next();
            // Told again, and by another entry: neither is the end of the run that goes on.
            rig.streams.live().publishEnd(job, LiveRig.endOf(1, first));
            rig.streams.live().publishEnd(job, LiveRig.endOf(1, EntryId.ZERO));
            rig.started(job, 2);
            Frame running = client.next();

            assertThat(snapshot.data()).contains("\"state\":\"QUEUED\"");
            assertThat(running.data()).contains("\"state\":\"RUNNING\"", "\"run\":2");
        }
    }

    @Test
    void goesOnWithTheNextRunIfTheJobWasRequeuedBeforeItsEndWasLookedAt() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.job(job, null);
            client.next();
            rig.started(job);
            client.next();
            EntryId first = rig.succeeded(job);
            rig.awaitRead(first);
            rig.requeue(job, first);
            rig.queued(job, 2);
            Frame back = client.next();
            EntryId second = rig.succeeded(job, 2);
            rig.commitEnd(job, 2, second);

            assertThat(back).returns("state", Frame::name);
            assertThat(back.data()).contains("\"state\":\"QUEUED\"", "\"worker\":null");
            assertThat(client.next()).returns("done", Frame::name).returns(second.toString(), Frame::id);
        }
    }

    @Test
    void waitsForTheEndOfTheRunThatGoesOn() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            EntryId first = rig.succeeded(job);
            rig.awaitRead(first);
            rig.requeue(job, first);

            var waiting = waiter.awaitEnd("default", job, RealServers.SOON);
            var impatient = waiter.awaitEnd("default", job, Duration.ofMillis(200));
            assertThat(RealServers.await(impatient))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isFalse());
            EntryId second = rig.succeeded(job, 2);
            rig.awaitRead(second);
            rig.commitEnd(job, 2, second);

            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.run()).isEqualTo(2))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
        }
    }

    @Test
    void waitsForTheEndAndGivesTheRow() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            var waiting = waiter.awaitEnd("default", job, RealServers.SOON);
            EntryId end = rig.succeeded(job);
            rig.awaitRead(end);
            rig.commitEnd(job, end);

            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
            assertThat(RealServers.await(waiter.awaitEnd("default", servers.insertJob(), Duration.ofMillis(10))))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isFalse());
            assertThat(RealServers.await(waiter.awaitEnd("other", job, Duration.ZERO)))
                    .isEmpty();
        }
    }

    @Test
    void I9_whoExpectsAnEndIsToldOfItWithoutALookAtTheRow() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            JobQueries unreadable = new JobQueries(servers.poolThatIsClosed());
            EndWaiter waiter = rig.waiter(unreadable);
            EndWaiter.ExpectedEnd early = waiter.expect(job);
            EndWaiter.ExpectedEnd late = waiter.expect(job);
            JobRow accepted = row(rig);
            var waiting = early.awaitEnd(accepted, RealServers.SOON);

            PlainEnd end = plainEnd();
            rig.streams.ends().shown(List.of(end));

            assertThat(RealServers.await(waiting))
                    .isEqualTo(accepted.ended(end))
                    .isPresent();
            assertThat(RealServers.await(late.awaitEnd(accepted, RealServers.SOON)))
                    .isEqualTo(accepted.ended(end));
        }
    }

    @Test
    void whoExpectsAnEndSeesOneThatAnotherInstanceCommits() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            EndWaiter.ExpectedEnd expected = waiter.expect(job);
            EntryId end = rig.succeeded(job);
            rig.awaitRead(end);
            var waiting = expected.awaitEnd(row(rig), RealServers.SOON);
            rig.commitEnd(job, end);

            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
        }
    }

    @Test
    void whoExpectsAnEndLooksAtARowThatHoldsMoreThanTheEndTells() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            var waiting = waiter.expect(job).awaitEnd(row(rig), RealServers.SOON);
            rig.streams.ends().shown(List.of(new PlainEnd(job, null, 2)));
            EntryId end = rig.succeeded(job);
            rig.commitEnd(job, end);
            rig.streams.ends().committed(List.of(job));

            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
        }
    }

    @Test
    void whoExpectsAnEndInVainIsAnsweredWithTheRowAsItIs() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            EndWaiter waiter = rig.waiter(rig.streams.queries());
            EndWaiter.ExpectedEnd expected = waiter.expect(job);

            assertThat(RealServers.await(expected.awaitEnd(row(rig), Duration.ofMillis(10))))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isFalse());
            expected.forget();
        }
    }

    private JobRow row(LiveRig rig) {
        return RealServers.await(rig.streams.queries().find("default", job)).orElseThrow();
    }

    private PlainEnd plainEnd() {
        Position position = LiveRig.endOf(1, new EntryId(5, 5));
        Ended end = new Ended(job, position, 1, Instant.EPOCH, JobState.SUCCEEDED, null, "1", null);
        return new PlainEnd(job, JobStatus.created(JobState.QUEUED).after(end), 2);
    }

    @Test
    void goesOnWaitingWhenTheRowOfAnAcceptedJobCannotBeRead() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            JobQueries unreadable = new JobQueries(servers.poolThatIsClosed());
            EndWaiter waiter = rig.waiter(unreadable);
            JobRow accepted = RealServers.await(rig.streams.queries().find("default", job))
                    .orElseThrow();

            var waiting = waiter.awaitEnd(accepted, RealServers.SOON);
            EntryId end = rig.succeeded(job);
            rig.awaitRead(end);
            rig.commitEnd(job, end);

            assertThat(RealServers.await(waiting))
                    .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
        }
    }
}
