package dev.millrace.scheduler;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.loop.ScheduledRates;
import dev.millrace.names.Identity;
import dev.millrace.postgres.Db;
import dev.millrace.scheduler.declared.Declaration;
import dev.millrace.scheduler.declared.DeclaredConfig;
import dev.millrace.scheduler.maintenance.Retention;
import dev.millrace.scheduler.maintenance.RetentionConfig;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.scheduler.timers.TimersConfig;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLinks;
import dev.millrace.stream.redis.RedisMeters;
import dev.millrace.stream.timers.RedisTimerStreams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;

/** Ties the scheduler to this process: its name and its connections. */
@Singleton
final class SchedulerWiring {

    @Produces
    @Singleton
    RedisLinks links(Redis redis, MeterRegistry meters) {
        return new RedisLinks(redis, new RedisMeters(meters));
    }

    @Produces
    @Singleton
    Scheduler scheduler(TimersConfig config, RedisLinks links, MeterRegistry meters) {
        String id = Identity.of("scheduler", new SecureRandom()).name();
        Scheduler.Dependencies dependencies = new Scheduler.Dependencies(
                id,
                () -> new RedisTimerStreams(links.get(), links.get(), StreamNames.DEFAULT, id),
                new ControlReader(links.get(), MemberKind.SCHEDULER, id),
                System::nanoTime,
                meters);
        return new Scheduler(TimerSettings.of(config), dependencies);
    }

    @Produces
    @Singleton
    ScheduleLoops schedules(
            Scheduler scheduler,
            RedisLinks links,
            Pool pool,
            Flyway flyway,
            DeclaredConfig declared,
            RetentionConfig retention,
            MeterRegistry meters) {
        ScheduleLoops.Dependencies dependencies = new ScheduleLoops.Dependencies(
                scheduler.id(),
                links,
                new Db(pool, System::nanoTime),
                flyway::migrate,
                scheduler::epoch,
                InstantSource.system(),
                meters);
        return new ScheduleLoops(dependencies, Declaration.of(declared), Retention.of(retention));
    }

    @Produces
    @Singleton
    Loops loops(Scheduler scheduler) {
        return scheduler.loops();
    }

    @Produces
    @Singleton
    Duties duties(io.quarkus.scheduler.Scheduler rates, Loops loops) {
        return new Duties(new ScheduledRates(rates), loops, System::nanoTime);
    }
}
