package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.groups.Backlogs.Backlog;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BacklogsRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Lane NORMAL = Lane.of(Jobs.QUEUE, Band.NORMAL);

    private final Backlogs backlogs = new Backlogs(REDIS.link(), RedisFixture.NAMES);

    @Test
    void tellsWhatWaitsFromWhatIsHeldAndSinceWhen() {
        JobStreams worker = REDIS.streams("worker");
        worker.enqueue(Submitting.Mode.SUBMIT, worker.time(), List.of(Jobs.job(1), Jobs.job(2), Jobs.job(3)));
        Delivery first = worker.take(Jobs.QUEUE, 1).getFirst();

        Backlog found = backlogs.of(NORMAL);

        assertThat(found.ready()).isEqualTo(2);
        assertThat(found.held()).isEqualTo(1);
        assertThat(found.oldest())
                .hasValueSatisfying(oldest -> assertThat(oldest).isGreaterThan(first.entry()));
    }

    @Test
    void findsNothingOldWhereEverythingIsHeld() {
        JobStreams worker = REDIS.streams("worker");
        worker.enqueue(Submitting.Mode.SUBMIT, worker.time(), List.of(Jobs.job(1)));
        worker.take(Jobs.QUEUE, 1);

        assertThat(backlogs.of(NORMAL)).isEqualTo(new Backlog(0, 1, Optional.empty()));
    }

    @Test
    void findsNothingWhereThereIsNoLane() {
        assertThat(backlogs.of(Lane.suspect(Jobs.QUEUE))).isEqualTo(new Backlog(0, 0, Optional.empty()));
    }

    @Test
    void tellsOfManyLanesWhatItTellsOfEach() {
        JobStreams worker = REDIS.streams("worker");
        worker.enqueue(
                Submitting.Mode.SUBMIT,
                worker.time(),
                List.of(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4, Band.HIGH), Jobs.job(5, Band.LOW)));
        worker.take(Jobs.QUEUE, 2);
        List<Lane> lanes = Backlogs.lanesOf(List.of(Jobs.QUEUE, new QueueName("nowhere")));

        Map<Lane, Backlog> found = backlogs.of(lanes);

        assertThat(found.keySet()).containsExactlyElementsOf(lanes);
        lanes.forEach(lane -> assertThat(found).containsEntry(lane, backlogs.of(lane)));
        assertThat(found.get(NORMAL)).extracting(Backlog::ready, Backlog::held).containsExactly(2L, 1L);
        assertThat(backlogs.of(List.of())).isEmpty();
    }
}
