package dev.millrace.api.service.wiring;

import dev.millrace.api.jobs.submit.SubmitWait;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobId;
import dev.millrace.names.Identity;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.QuarantineTable;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What those who read events are given. */
final class ReaderWiring {

    @Produces
    @Singleton
    Identity self() {
        return Identity.of("api", new SecureRandom());
    }

    @Produces
    @Singleton
    GroupMember member(
            RedisLinks links, RedisLink calls, StreamNames names, Identity self, InstantSource clock, Db db) {
        return new GroupMember(
                links, calls, names, StreamNames.API, self.name(), clock, new QuarantineTable(db, "api"));
    }

    /** Submits answer with the row of an ended job, or else with what they wrote. */
    @Produces
    @Singleton
    SubmitWait submitWait(EndWaiter live) {
        return new LiveWait(live);
    }

    private record LiveWait(EndWaiter live) implements SubmitWait {

        @Override
        public CompletionStage<Optional<JobRow>> awaitEnd(JobRow row, Duration atMost) {
            return live.awaitEnd(row, atMost).thenApply(end -> end.filter(JobRow::ended));
        }

        @Override
        public Expected expect(JobId job) {
            return new LiveExpected(live.expect(job));
        }
    }

    private record LiveExpected(EndWaiter.ExpectedEnd end) implements SubmitWait.Expected {

        @Override
        public CompletionStage<Optional<JobRow>> awaitEnd(JobRow accepted, Duration atMost) {
            return end.awaitEnd(accepted, atMost).thenApply(ended -> ended.filter(JobRow::ended));
        }

        @Override
        public void forget() {
            end.forget();
        }
    }
}
