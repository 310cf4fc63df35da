package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.ApiServers;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.record.job.JobDetails;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class SubmitBatcherTest {

    @Inject
    SubmitBatcher batcher;

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9})
    void aBadRowFailsAlone(int bad) {
        List<CompletableFuture<SubmitResult>> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String payload = i == bad ? "\"\0\"" : "{}";
            outcomes.add(batcher.submit(submission(null, payload)).toCompletableFuture());
        }

        for (int i = 0; i < 10; i++) {
            if (i == bad) {
                assertThatThrownBy(outcomes.get(i)::join).hasCauseInstanceOf(PgException.class);
            } else {
                assertThat(outcomes.get(i).join()).isInstanceOf(SubmitResult.Stored.class);
            }
        }
    }

    @Test
    void I3_callsOfOneKeyInOneCommitAreOneJob() {
        IdempotencyKeys.Key key =
                new IdempotencyKeys.Key("default", UUID.randomUUID().toString());
        List<CompletableFuture<SubmitResult>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(batcher.submit(submission(key, "{}")).toCompletableFuture());
        }

        List<SubmitResult> told = outcomes.stream().map(CompletableFuture::join).toList();

        assertThat(told).filteredOn(SubmitResult.Stored.class::isInstance).hasSize(1);
        assertThat(told).filteredOn(SubmitResult.Replayed.class::isInstance).hasSize(19);
    }

    private static Submission submission(IdempotencyKeys.@Nullable Key key, String payload) {
        JobSpec spec = JobSpec.of(new TaskName("demo.echo"), new QueueName("default"), "default", payload);
        NewJob job = new NewJob(
                new JobId(UUID.randomUUID()),
                new JobDetails(spec, 5, 4, List.of(), "{}", null, null, null),
                DueTime.NONE,
                DueTime.NONE,
                BodyHash.of(new byte[] {1}));
        return new Submission(
                key, job.body(), List.of(job), results -> Optional.of(job.id().toString()));
    }
}
