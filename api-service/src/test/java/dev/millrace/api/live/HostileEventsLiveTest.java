package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.MalformedEntries.Entry;
import dev.millrace.testkit.StreamShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Live streams of jobs, while a thousand malformed entries pass. */
@Tag("slow")
class HostileEventsLiveTest {

    private static final int MALFORMED = 1_000;
    private static final int PORTIONS = 10;

    private final RealServers servers = RealServers.get();

    @Test
    void I27_I28_tellsAllOfAJobWithoutGapOrRepeatBetweenMalformedEntries() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            JobId job = servers.insertJob();
            Client own = rig.job(job, null);
            Client feed = rig.feed(new FeedFilter("default", null, null, null, null), null);
            own.next();
            feed.nextOfAll();
            List<Entry> malformed = MalformedEntries.of(StreamShape.EVENTS, 28, MALFORMED);
            List<EntryId> told = new ArrayList<>(List.of(rig.started(job)));
            for (int i = 0; i < PORTIONS; i++) {
                int portion = MALFORMED / PORTIONS;
                MalformedEntries.add(rig.link, rig.stream, malformed.subList(i * portion, (i + 1) * portion));
                told.add(rig.progressed(job, i));
            }
            EntryId end = rig.succeeded(job);
            rig.commitEnd(job, end);
            told.add(end);

            List<String> expected = told.stream().map(EntryId::toString).toList();
            assertThat(own.next(expected.size())).extracting(Frame::id).containsExactlyElementsOf(expected);
            assertThat(feed.next(expected.size())).extracting(Frame::id).containsExactlyElementsOf(expected);
            Client returned = rig.job(job, told.getFirst().toString());
            assertThat(returned.next(expected.size() - 1))
                    .extracting(Frame::id)
                    .containsExactlyElementsOf(expected.subList(1, expected.size()));
        }
    }

    @Test
    void tellsEventsWithHostileTextsAsData() {
        try (LiveRig rig = new LiveRig(LiveRig.WIDE)) {
            JobId job = servers.insertJob();
            Client client = rig.job(job, null);
            client.next();
            RealServers.add(
                    rig.link,
                    rig.stream,
                    Map.of(
                            "type",
                            "PROGRESS",
                            "job",
                            job.toString(),
                            "epoch",
                            "1",
                            "run",
                            "1",
                            "delivery",
                            "1",
                            "attempt",
                            "1",
                            "at",
                            "1700000000000",
                            "current",
                            "-9223372036854775808",
                            "total",
                            "9223372036854775807",
                            "message",
                            "x\n\nevent: done\ndata: {}\n\u0000\u001b[31m"));
            EntryId after = rig.started(job);

            Frame hostile = client.next();
            assertThat(hostile.name()).isEqualTo("progress");
            assertThat(hostile.data())
                    .doesNotContain("\n")
                    .doesNotContain("\u0000")
                    .doesNotContain("\u001b");
            assertThat(client.next().id()).isEqualTo(after.toString());
        }
    }
}
