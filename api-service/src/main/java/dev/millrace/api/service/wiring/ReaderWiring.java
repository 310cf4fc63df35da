package dev.millrace.api.service.wiring;

import dev.millrace.api.jobs.submit.SubmitWait;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.record.job.JobRow;
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
import java.time.InstantSource;

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
        return (row, atMost) -> live.awaitEnd(row, atMost).thenApply(end -> end.filter(JobRow::ended));
    }
}
