package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.queues.QueueDocument;
import dev.millrace.api.catalog.workers.SeenWorker;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.service.diagnostics.HealthDocument.Server;
import dev.millrace.api.service.diagnostics.HealthDocument.Services;
import dev.millrace.api.service.diagnostics.HealthDocument.State;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts how all parts are into one document. Blocks for Redis and PostgreSQL, a few seconds at most. */
class Overview {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final RedisEpoch redis;
    private final Db db;
    private final Workers workers;
    private final ControlMembers members;
    private final dev.millrace.api.catalog.queues.Queues queues;
    private final String version;
    private final InstantSource clock;
    private final LongSupplier nanos;

    Overview(
            RedisEpoch redis,
            Db db,
            Workers workers,
            ControlMembers members,
            dev.millrace.api.catalog.queues.Queues queues,
            String version,
            InstantSource clock,
            LongSupplier nanos) {
        this.redis = redis;
        this.db = db;
        this.workers = workers;
        this.members = members;
        this.queues = queues;
        this.version = version;
        this.clock = clock;
        this.nanos = nanos;
    }

    HealthDocument document() {
        Server ofRedis = redis();
        Server ofPostgres = postgres();
        boolean recorded = isUp(ofPostgres);
        Services services = recorded ? services(isUp(ofRedis)) : null;
        HealthDocument.Queues all = recorded ? queues() : null;
        return new HealthDocument(
                clock.instant(), state(ofRedis, ofPostgres, services, all).label(), ofRedis, ofPostgres, services, all);
    }

    private static State state(
            Server redis, Server postgres, @Nullable Services services, HealthDocument.@Nullable Queues queues) {
        if (!isUp(postgres)) {
            return State.DOWN;
        }
        boolean works = isUp(redis)
                && services != null
                && services.workers() > services.workersDraining()
                && !Integer.valueOf(0).equals(services.schedulers())
                && queues != null
                && queues.unserved().isEmpty();
        return works ? State.UP : State.DEGRADED;
    }

    private static boolean isUp(Server server) {
        return server.status().equals(State.UP.label());
    }

    private Server redis() {
        long began = nanos.getAsLong();
        try {
            redis.epoch();
            return up(began);
        } catch (StreamsUnavailable.Cold cold) {
            return new Server(State.DEGRADED.label(), millis(began));
        } catch (StreamsUnavailable away) {
            return new Server(State.DOWN.label(), null);
        }
    }

    private Server postgres() {
        long began = nanos.getAsLong();
        try {
            db.session(LIMIT, tx -> tx.number("select 1::bigint"));
            return up(began);
        } catch (DatabaseUnavailable away) {
            return new Server(State.DOWN.label(), null);
        }
    }

    private Server up(long began) {
        return new Server(State.UP.label(), millis(began));
    }

    private long millis(long began) {
        return Duration.ofNanos(nanos.getAsLong() - began).toMillis();
    }

    private Services services(boolean redisIsUp) {
        List<SeenWorker> living = workers.living();
        return new Services(
                version,
                living.size(),
                (int) living.stream()
                        .filter(one -> one.state() == SeenWorker.State.DRAINING)
                        .count(),
                living.stream().mapToInt(SeenWorker::slots).sum(),
                living.stream().mapToInt(SeenWorker::running).sum(),
                redisIsUp ? schedulers() : null);
    }

    private @Nullable Integer schedulers() {
        try {
            return members.living(MemberKind.SCHEDULER).size();
        } catch (StreamsUnavailable away) {
            return null;
        }
    }

    private HealthDocument.Queues queues() {
        List<QueueName> names = queues.names();
        List<QueueDocument> all = names.isEmpty() ? List.of() : queues.documents(names);
        return new HealthDocument.Queues(
                all.size(),
                sumOrNull(all, QueueDocument::ready),
                sumOrNull(all, QueueDocument::running),
                all.stream().mapToLong(QueueDocument::scheduled).sum(),
                all.stream().mapToLong(QueueDocument::retrying).sum(),
                all.stream()
                        .filter(QueueDocument::paused)
                        .map(QueueDocument::name)
                        .toList(),
                all.stream()
                        .filter(Overview::waitsInVain)
                        .map(QueueDocument::name)
                        .toList());
    }

    private static boolean waitsInVain(QueueDocument queue) {
        Long ready = queue.ready();
        return ready != null && ready > 0 && queue.consumers() == 0;
    }

    private static @Nullable Long sumOrNull(List<QueueDocument> queues, Function<QueueDocument, @Nullable Long> what) {
        List<Long> known = queues.stream().map(what).filter(Objects::nonNull).toList();
        return known.size() < queues.size()
                ? null
                : Long.valueOf(known.stream().mapToLong(Long::longValue).sum());
    }
}
