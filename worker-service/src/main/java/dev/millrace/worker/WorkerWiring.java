package dev.millrace.worker;

import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.loop.Loops;
import dev.millrace.names.Identity;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import dev.millrace.stream.redis.RedisMeters;
import dev.millrace.time.Time;
import dev.millrace.worker.drain.DrainConfig;
import dev.millrace.worker.drain.DrainSettings;
import dev.millrace.worker.drain.RecycleConfig;
import dev.millrace.worker.drain.RecycleSettings;
import dev.millrace.worker.fleet.FleetConfig;
import dev.millrace.worker.fleet.FleetSettings;
import dev.millrace.worker.flows.DeclaredFlows;
import dev.millrace.worker.lease.LeaseConfig;
import dev.millrace.worker.lease.LeaseSettings;
import dev.millrace.worker.policy.PolicyConfig;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.TaskOffers;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.run.RequestScope;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeConfig;
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
    Time time() {
        return new Time(InstantSource.system(), System::nanoTime, Thread::sleep);
    }

    /** For tasks that only look at the clock. */
    @Produces
    @Singleton
    InstantSource clock(Time time) {
        return time.clock();
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
    WorkerSettings settings(
            TakeConfig take,
            LeaseConfig lease,
            DrainConfig drain,
            RecycleConfig recycle,
            PolicyConfig policy,
            FleetConfig fleet,
            TaskRegistry registry) {
        return new WorkerSettings(
                Serving.of(take, registry),
                queue -> Serving.of(take, queue),
                LeaseSettings.of(lease),
                DrainSettings.of(drain),
                RecycleSettings.of(recycle),
                WorkerPolicies.of(policy),
                FleetSettings.of(fleet));
    }

    @Produces
    @Singleton
    WorkerIdentity identity(ApplicationConfig application) {
        Identity self = Identity.of("worker", new SecureRandom());
        return new WorkerIdentity(
                self.name(),
                self.host(),
                application.version().orElse("unknown"),
                ImageMode.current().isNativeImage() ? Mode.NATIVE : Mode.JVM);
    }

    @Produces
    @Singleton
    Worker.Dependencies dependencies(
            WorkerIdentity identity,
            RedisLinks links,
            Time time,
            MeterRegistry meters,
            OpenTelemetry telemetry,
            OTelRuntimeConfig telemetryConfig) {
        return new Worker.Dependencies(
                identity,
                () -> new RedisJobStreams(links.get(), links.get(), StreamNames.DEFAULT, identity.id()),
                new FleetStream(links.get()),
                new ControlReader(links.get(), MemberKind.WORKER, identity.id()),
                new QueueSlots(links.get()),
                time,
                new Random(),
                new RequestScope(),
                meters,
                tracer(telemetry, telemetryConfig),
                Quarkus::asyncExit);
    }

    @Produces
    @Singleton
    Worker worker(
            WorkerSettings settings,
            TaskRegistry registry,
            TaskOffers offers,
            DeclaredFlows flows,
            Worker.Dependencies dependencies) {
        return new Worker(settings, registry, offers, flows, dependencies);
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
