package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.live.events.LiveEvent;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While nobody listens, nothing is read; whoever comes then misses nothing all the same. */
class RestingReaderRedisTest {

    private static final FeedFilter EVERYTHING = new FeedFilter("default", null, null, null, null);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RealServers servers = RealServers.get();
    private final AtomicLong nanos = new AtomicLong();
    private final LiveRig rig = LiveRig.resting(nanos::get);
    private final JobId job = servers.insertJob();
    private final JobId other = servers.insertJob();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void readsNothingBeforeSomebodyComesAndThenOnlyWhatTheRecordDoesNotShow() {
        rig.projectionJoins();
        rig.started(other);
        EntryId recorded = rig.progressed(other, 1);
        EntryId start = rig.started(job);
        rig.projected(recorded);

        assertThat(rig.given()).isEmpty();

        Client client = rig.job(job, null);

        Frame snapshot = client.next();
        assertThat(snapshot.name()).isEqualTo("snapshot");
        assertThat(String.valueOf(snapshot.data())).contains("RUNNING");
        assertThat(rig.given()).contains(start);
        assertThat(rig.streams.live().covers(recorded.previous())).isFalse();
    }

    @Test
    void oneThatLeavesWhenItIsToldKeepsNothingFromThoseBehindIt() {
        LiveEvents live = rig.streams.live();
        List<String> told = new ArrayList<>();
        live.join(job, new Leaving("first", told));
        live.join(job, new Leaving("second", told));
        live.join(other, new Leaving("third", told));

        live.publishEnd(job, LiveRig.endOf(1, EntryId.ZERO));
        assertThat(told).containsExactly("first", "second");

        live.close();
        assertThat(told).containsExactly("first", "second", "third");
    }

    /** Leaves at the first that it hears. */
    private final class Leaving implements LiveEvents.Listener {

        private final String name;
        private final List<String> told;

        private Leaving(String name, List<String> told) {
            this.name = name;
            this.told = told;
        }

        @Override
        public void event(LiveEvent event) {
            leave();
        }

        @Override
        public void reset() {
            leave();
        }

        @Override
        public void close() {
            leave();
        }

        private void leave() {
            told.add(name);
            rig.streams.live().leave(job, this);
            rig.streams.live().leave(other, this);
        }
    }

    @Test
    void I28_aJobsClientThatComesBackAfterARestGetsWhatItMissedOnce() throws InterruptedException {
        rig.projectionJoins();
        Client first = rig.job(job, null);
        first.next();
        EntryId start = rig.started(job);
        assertThat(first.next().id()).isEqualTo(start.toString());
        first.disconnect();
        rest();
        EntryId missed = rig.progressed(job, 10);
        EntryId alsoMissed = rig.progressed(job, 20);
        rig.projected(alsoMissed);

        Client again = rig.job(job, start.toString());

        assertThat(again.next(2)).extracting(Frame::id).containsExactly(missed.toString(), alsoMissed.toString());
        EntryId next = rig.progressed(job, 30);
        assertThat(again.next().id()).isEqualTo(next.toString());
    }

    @Test
    void I28_aClientOfAllJobsThatComesBackAfterARestGetsWhatItMissedOnce() throws InterruptedException {
        rig.projectionJoins();
        Client first = rig.feed(EVERYTHING, null);
        first.nextOfAll();
        EntryId start = rig.started(job);
        assertThat(first.next().id()).isEqualTo(start.toString());
        first.disconnect();
        rest();
        EntryId missed = rig.started(other);
        EntryId alsoMissed = rig.progressed(other, 20);
        rig.projected(missed);

        Client again = rig.feed(EVERYTHING, start.toString());

        assertThat(again.next(2)).extracting(Frame::id).containsExactly(missed.toString(), alsoMissed.toString());
        EntryId next = rig.progressed(other, 30);
        assertThat(again.next().id()).isEqualTo(next.toString());
    }

    @Test
    void whoWaitsForAnEndHearsOfOneThatWasToldWhileNobodyListened() {
        rig.projectionJoins();
        EntryId end = rig.succeeded(job);
        EndWaiter waiter = rig.waiter(rig.streams.queries());
        CompletableFuture<Optional<JobRow>> waiting =
                waiter.awaitEnd("default", job, LONG).toCompletableFuture();
        rig.commitEnd(job, end);

        assertThat(RealServers.await(waiting))
                .hasValueSatisfying(row -> assertThat(row.ended()).isTrue());
    }

    /** Time passes until nobody has listened for long, and the reader has noticed. */
    private void rest() throws InterruptedException {
        long deadline = System.nanoTime() + RealServers.SOON.toNanos();
        while (rig.streams.live().covers(rig.streams.live().position())) {
            nanos.addAndGet(LONG.toNanos());
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
