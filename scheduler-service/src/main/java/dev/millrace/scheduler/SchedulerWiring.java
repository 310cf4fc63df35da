package dev.millrace.scheduler;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.loop.ScheduledRates;
import dev.millrace.postgres.Db;
import dev.millrace.scheduler.declared.Declaration;
import dev.millrace.scheduler.declared.DeclaredConfig;
import dev.millrace.scheduler.maintenance.Retention;
import dev.millrace.scheduler.maintenance.RetentionConfig;
import dev.millrace.scheduler.timers.TimerSettings;
import dev.millrace.scheduler.timers.TimersConfig;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisMeters;
import dev.millrace.stream.timers.RedisTimerStreams;
import dev.millrace.stream.timers.TimerStreams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;

/** Ties the scheduler to this process: its name and its connections. */
@Singleton
final class SchedulerWiring {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    private static final int ID_BYTES = 4;

    @Produces
    @Singleton
    Scheduler scheduler(TimersConfig config, Redis redis, MeterRegistry meters) {
        String id = host() + "-" + HexFormat.of().formatHex(new SecureRandom().generateSeed(ID_BYTES));
        RedisMeters failures = new RedisMeters(meters);
        Scheduler.Dependencies ties = new Scheduler.Dependencies(id, () -> streams(redis, failures, id), meters);
        return new Scheduler(TimerSettings.of(config), ties);
    }

    @Produces
    @Singleton
    ScheduleLoops schedules(
            Scheduler scheduler,
            Redis redis,
            Pool pool,
            Flyway flyway,
            DeclaredConfig declared,
            RetentionConfig retention,
            MeterRegistry meters) {
        RedisMeters failures = new RedisMeters(meters);
        ScheduleLoops.Dependencies ties = new ScheduleLoops.Dependencies(
                scheduler.id(),
                () -> link(redis, failures),
                new Db(pool, System::nanoTime),
                flyway::migrate,
                scheduler::epoch,
                System::nanoTime,
                meters);
        return new ScheduleLoops(ties, Declaration.of(declared), Retention.of(retention));
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

    private static TimerStreams streams(Redis redis, RedisMeters failures, String id) {
        return new RedisTimerStreams(link(redis, failures), link(redis, failures), StreamNames.DEFAULT, id);
    }

    private static RedisLink link(Redis redis, RedisMeters failures) {
        return new RedisLink(redis, COMMAND_TIMEOUT, failures);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException nameless) {
            return "scheduler";
        }
    }
}
