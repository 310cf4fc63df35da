package dev.millrace.api.schedules.commands;

import dev.millrace.postgres.Db;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Shows how many commands are not answered, of all instances; the latest known while PostgreSQL is away. */
@Singleton
public final class CommandMeters {

    /** How often it is to count. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private volatile long open;

    public CommandMeters(Db db, MeterRegistry registry) {
        this.db = db;
        Gauge.builder("millrace_schedule_commands", this, meters -> meters.open)
                .description("Changes of schedules that no scheduler has answered")
                .register(registry);
    }

    public void countOnce() {
        open = db.session(LIMIT, CommandRows::count);
    }
}
