package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.queues.Queues;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.record.projection.ProjectionMeters;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.ApplicationConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** What is looked at, in the order in which it is told. */
final class DiagnosticsWiring {

    @Produces
    @Singleton
    Diagnosis diagnosis(
            RedisLink link,
            RedisEpoch redis,
            Db db,
            Workers workers,
            ControlMembers members,
            Queues queues,
            TaskCatalog catalog,
            ProjectionMeters projection,
            Loops loops,
            InstantSource clock,
            LongSupplier nanos) {
        return new Diagnosis(
                List.of(
                        new RedisCheckup(link, redis, nanos),
                        new PostgresCheckup(db, nanos),
                        new ClockCheckup(redis, db, clock),
                        new FleetCheckup(workers, members),
                        new QueueCheckup(queues, catalog, db),
                        new RecordCheckup(db, projection, loops)),
                nanos);
    }

    @Produces
    @Singleton
    Overview overview(
            RedisEpoch redis,
            Db db,
            Workers workers,
            ControlMembers members,
            Queues queues,
            ApplicationConfig application,
            InstantSource clock,
            LongSupplier nanos) {
        return new Overview(
                redis, db, workers, members, queues, application.version().orElse("unknown"), clock, nanos);
    }
}
