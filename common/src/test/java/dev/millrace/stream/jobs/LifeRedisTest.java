package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LifeRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    @Test
    void carriesAJobFromItsLaneToItsProjectedEnd() {
        JobStreams streams = REDIS.streams("w1");
        assertThat(streams.enqueue(Mode.SUBMIT, streams.time(), List.of(Jobs.job(1), Jobs.job(2))))
                .containsExactly(Admission.OK, Admission.OK);

        List<Delivery> taken = streams.take(Jobs.QUEUE, 10);
        assertThat(taken).extracting(Delivery::job).containsExactly(Jobs.job(1), Jobs.job(2));

        List<Finish> finishes = taken.stream()
                .map(one -> new Finish(one, JobState.SUCCEEDED, Duration.ofMillis(5), "{}", null))
                .toList();
        assertThat(streams.finish(finishes)).containsOnly(Settled.OK);

        GroupReader reader =
                new GroupReader(REDIS.link(), RedisFixture.NAMES.events(), StreamNames.PROJECTION, "api-1");
        List<StreamEntry> events = reader.read(10, Duration.ofSeconds(1));
        assertThat(events).hasSize(2);
        List<EndedRun> ended =
                taken.stream().map(one -> new EndedRun(one.job().id(), 1, 1)).toList();
        streams.projected(events.stream().map(StreamEntry::id).toList(), ended);
        assertThat(REDIS.get("PTTL", RedisFixture.NAMES.markerPrefix() + Jobs.id(1))
                        .toLong())
                .isBetween(1L, 20_000L);
    }
}
