package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.live.events.CommittedEnds;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.loop.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock that stands still, so that no look ever falls due by itself. */
class CommittedEndsPgTest {

    private static final EntryId ENTRY = EntryId.parse("1-1");

    private final RealServers servers = RealServers.get();
    private final CommittedEnds ends = new CommittedEnds(new JobQueries(servers.pool()), () -> 0);
    private LiveRig rig;
    private Loop loop;

    @BeforeEach
    void start() {
        rig = new LiveRig(LiveRig.WIDE);
        loop = Loop.start(
                "ends",
                () -> {
                    ends.lookOnce();
                    return Duration.ZERO;
                },
                Duration.ofMillis(20),
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        ends.close();
        rig.close();
        assertThat(loop.stop(RealServers.SOON)).isTrue();
    }

    @Test
    void areLookedAtAtOnceIfThisInstanceCommitsThem() throws Exception {
        JobId job = servers.insertJob();
        CompletableFuture<JobRow> end = ends.await(job);
        rig.commitEnd(job, ENTRY);

        ends.committed(List.of(job));

        assertThat(awaited(end).id()).isEqualTo(job);
    }

    @Test
    void areLookedAtAtOnceIfTheCommitWasQuickerThanTheEvent() throws Exception {
        JobId job = servers.insertJob();
        rig.commitEnd(job, ENTRY);
        ends.committed(List.of(job));

        assertThat(awaited(ends.await(job)).id()).isEqualTo(job);
    }

    @Test
    void areToldFromTheRecordOnly() throws Exception {
        JobId other = servers.insertJob();
        JobId job = servers.insertJob();
        CompletableFuture<JobRow> early = ends.await(other);
        CompletableFuture<JobRow> end = ends.await(job);
        rig.commitEnd(job, ENTRY);

        ends.committed(List.of(other, job));

        awaited(end);
        assertThat(early).isNotDone();
    }

    private static JobRow awaited(CompletableFuture<JobRow> end) throws Exception {
        return end.get(RealServers.SOON.toNanos(), TimeUnit.NANOSECONDS);
    }
}
