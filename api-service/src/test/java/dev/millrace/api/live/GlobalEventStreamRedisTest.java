package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlobalEventStreamRedisTest {

    private static final FeedFilter EVERYTHING = new FeedFilter("default", null, null, null, null);

    private final RealServers servers = RealServers.get();
    private final JobId one = servers.insertJob();
    private final JobId other = servers.insertJob();

    @Test
    void holdsBackWhatLiesBehindAnEndUntilItIsCommitted() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.settings(Duration.ofSeconds(1), 256, 1000, 1000))) {
            Client client = rig.feed(EVERYTHING, null);
            client.nextOfAll();
            EntryId start = rig.started(one);
            EntryId end = rig.succeeded(one);
            EntryId later = rig.started(other);
            Frame first = client.next();
            List<Frame> meanwhile =
                    IntStream.range(0, 2).mapToObj(i -> client.nextOfAll()).toList();
            rig.commitEnd(one, end);
            List<Frame> rest = client.next(2);

            assertThat(first.id()).isEqualTo(start.toString());
            assertThat(meanwhile).containsOnly(Frame.HEARTBEAT);
            assertThat(rest).extracting(Frame::name).containsExactly("done", "state");
            assertThat(rest).extracting(Frame::id).containsExactly(end.toString(), later.toString());
        }
    }

    @Test
    void I9_anEndOfARunBeforeARequeueHoldsNothingBackAndIsNotToldForTheNextOne() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            Client client = rig.feed(EVERYTHING, null);
            client.nextOfAll();
            EntryId first = rig.succeeded(one);
            rig.requeue(one, first);
            EntryId queued = rig.queued(one, 2);
            Frame back = client.next();
            EntryId second = rig.succeeded(one, 2);
            rig.commitEnd(one, 2, second);

            assertThat(back.id()).isEqualTo(queued.toString());
            assertThat(client.next()).returns("done", Frame::name).returns(second.toString(), Frame::id);
        }
    }

    @Test
    void tellsOnlyWhatPassesTheFilter() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            JobId mail = new JobId(UUID.randomUUID());
            servers.insertJob(mail, "mail", false);
            Client byQueue = rig.feed(new FeedFilter("default", "mail", null, null, "vip"), null);
            Client byState = rig.feed(new FeedFilter("default", null, null, JobState.RUNNING, null), null);
            Client foreign = rig.feed(new FeedFilter("other", null, null, null, null), null);
            List.of(byQueue, byState, foreign).forEach(Client::nextOfAll);
            EntryId first = rig.started(one);
            EntryId second = rig.started(mail);

            assertThat(byQueue.next().id()).isEqualTo(second.toString());
            assertThat(byState.next(2)).extracting(Frame::id).containsExactly(first.toString(), second.toString());
            assertThat(foreign.isSilent()).isTrue();
        }
    }

    @Test
    void I28_resumesWithoutGapOrRepeatOverFiftyDisconnects() throws InterruptedException {
        try (LiveRig rig = new LiveRig(LiveRig.settings(Duration.ofSeconds(15), 256, 30, 100_000))) {
            Random random = new Random(43);
            List<String> written = new ArrayList<>();
            List<String> told = new ArrayList<>();
            EntryId seed = rig.started(one);
            rig.awaitRead(seed);
            String last = seed.toString();
            Client client = rig.feed(EVERYTHING, last);
            for (int round = 0; round < 50; round++) {
                for (int i = random.nextInt(12); i > 0; i--) {
                    written.add(rig.progressed(random.nextBoolean() ? one : other, i)
                            .toString());
                }
                for (int i = random.nextInt(written.size() - told.size() + 1); i > 0; i--) {
                    last = String.valueOf(client.next().id());
                    told.add(last);
                }
                client.disconnect();
                client = rig.feed(EVERYTHING, last);
            }
            while (told.size() < written.size()) {
                told.add(String.valueOf(client.next().id()));
            }

            assertThat(told).containsExactlyElementsOf(written);
        }
    }

    @Test
    void I28_beginsAnewForAnIdThatItCannotPlace() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            for (String id : List.of("rubbish", "1-1", "99999999999999-0")) {
                assertThat(rig.feed(EVERYTHING, id).next().name()).as(id).isEqualTo("reset");
            }
        }
    }
}
