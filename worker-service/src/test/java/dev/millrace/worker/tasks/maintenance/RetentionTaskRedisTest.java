package dev.millrace.worker.tasks.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.Reading.Understood;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.worker.tasks.RecordingContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTaskRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    @Test
    void asksEveryServiceOnce() {
        RecordingContext context = RecordingContext.ofAttempt(1);

        RetentionAsked result = new RetentionTask(REDIS.link()).ask(new RetentionRequest(), context);

        assertThat(result).isEqualTo(new RetentionAsked(true));
        for (String service : new String[] {StreamNames.API, StreamNames.SCHEDULER}) {
            GroupReader reader = new GroupReader(REDIS.link(), StreamNames.maintenance(), service, "one");
            assertThat(reader.read(10, Duration.ofSeconds(1)))
                    .extracting(entry -> MaintenanceCodec.decode(entry.fields()))
                    .containsExactly(new Understood<>(new JobId(context.jobId())));
        }
    }
}
