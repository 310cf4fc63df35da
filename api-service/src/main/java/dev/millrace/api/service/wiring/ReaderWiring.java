package dev.millrace.api.service.wiring;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.base.quarantine.QuarantineTable;
import dev.millrace.api.jobs.submit.EndWaiter;
import dev.millrace.api.record.query.JobRow;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisMeters;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/** What those who read events are given. */
final class ReaderWiring {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int NAME_BYTES = 8;

    /** Readers block, so each has a connection of its own. */
    @Produces
    @Singleton
    Supplier<RedisLink> links(Redis redis, RedisMeters failures) {
        return () -> new RedisLink(redis, TIMEOUT, failures);
    }

    @Produces
    @Singleton
    Instance instance() {
        byte[] chance = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(chance);
        return new Instance("api-" + HexFormat.of().formatHex(chance));
    }

    @Produces
    @Singleton
    GroupMember member(
            Supplier<RedisLink> links,
            RedisLink calls,
            StreamNames names,
            Instance instance,
            InstantSource clock,
            QuarantineTable quarantine) {
        return new GroupMember(links, calls, names, StreamNames.API, instance.name(), clock, quarantine);
    }

    /** Submits answer with the row of an ended job, or else with what they wrote. */
    @Produces
    @Singleton
    EndWaiter endWaiter(dev.millrace.api.live.EndWaiter live) {
        return (row, atMost) -> live.awaitEnd(row, atMost).thenApply(end -> end.filter(JobRow::ended));
    }
}
