package dev.millrace.worker;

import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.loop.Loops;
import dev.millrace.names.Identity;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.RedisJobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import dev.millrace.stream.redis.RedisMeters;
import dev.millrace.worker.registry.TaskOffers;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.run.RunScope;
import dev.millrace.worker.take.WorkerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import io.quarkus.runtime.ApplicationConfig;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.Quarkus;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;

/** Ties the worker to this process: its clock, its chance, its connections. */
@Singleton
final class WorkerWiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    RedisMeters failures(MeterRegistry meters) {
        return new RedisMeters(meters);
    }

    @Produces
    @Singleton
    RedisLinks links(Redis redis, RedisMeters failures) {
        return new RedisLinks(redis, failures);
    }

    /** For tasks that ship; the loops have links of their own. */
    @Produces
    @Singleton
    RedisLink link(RedisLinks links) {
        return links.get();
    }

    @Produces
    @Singleton
    Worker worker(
            WorkerConfig config,
            TaskRegistry registry,
            TaskOffers offers,
            RedisLinks links,
            MeterRegistry meters,
            ApplicationConfig application,
            InstantSource clock,
            OpenTelemetry telemetry,
            OTelRuntimeConfig telemetryConfig) {
        Identity self = Identity.of("worker", new SecureRandom());
        Worker.Dependencies ties = new Worker.Dependencies(
                self.name(),
                self.host(),
                application.version().orElse("unknown"),
                ImageMode.current().isNativeImage() ? Mode.NATIVE : Mode.JVM,
                () -> new RedisJobStreams(links.get(), links.get(), StreamNames.DEFAULT, self.name()),
                new FleetStream(links.get()),
                clock,
                new Random(),
                Thread::sleep,
                RunScope.request(),
                meters,
                tracer(telemetry, telemetryConfig),
                Quarkus::asyncExit);
        return new Worker(config, registry, offers, ties);
    }

    @Produces
    @Singleton
    Loops loops(Worker worker) {
        return worker.loops();
    }

    /** Without an SDK the submitter's trace is handed on as it came; a disabled one would put spans of its own in it. */
    private static Tracer tracer(OpenTelemetry telemetry, OTelRuntimeConfig config) {
        return (config.sdkDisabled() ? OpenTelemetry.noop() : telemetry).getTracer("dev.millrace");
    }
}
