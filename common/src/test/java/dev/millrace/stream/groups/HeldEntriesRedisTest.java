package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.QueueName;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeldEntriesRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final HeldEntries held = new HeldEntries(REDIS.link(), RedisFixture.NAMES);

    @Test
    void tellsTheJobsOfOneWorkerAndNoOther() {
        JobStreams one = REDIS.streams("one");
        one.enqueue(Submitting.Mode.SUBMIT, one.time(), List.of(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4)));
        one.take(Jobs.QUEUE, 2);
        REDIS.streams("other").take(Jobs.QUEUE, 1);

        assertThat(held.by("one", List.of(Jobs.QUEUE)))
                .containsExactly(Jobs.job(1).id(), Jobs.job(2).id());
        assertThat(held.by("other", List.of(Jobs.QUEUE)))
                .containsExactly(Jobs.job(3).id());
    }

    @Test
    void findsNothingOfWhomNobodyKnows() {
        assertThat(held.by("nobody", List.of(Jobs.QUEUE, new QueueName("nowhere"))))
                .isEmpty();
    }
}
