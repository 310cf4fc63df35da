package dev.millrace.scheduler;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Duty;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.QuarantineTable;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.declared.Declaration;
import dev.millrace.scheduler.declared.Declared;
import dev.millrace.scheduler.fires.Answers;
import dev.millrace.scheduler.fires.FireMeters;
import dev.millrace.scheduler.fires.FireResender;
import dev.millrace.scheduler.fires.Firing;
import dev.millrace.scheduler.fires.Reports;
import dev.millrace.scheduler.fires.ScheduleGauges;
import dev.millrace.scheduler.inbox.ScheduleInbox;
import dev.millrace.scheduler.maintenance.Cleaning;
import dev.millrace.scheduler.maintenance.Retention;
import dev.millrace.scheduler.schedules.Commands;
import dev.millrace.scheduler.schedules.Resync;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupLag;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The schedules of one scheduler: their parts, and the loops that turn them. Before the tables are there, which is when
 * PostgreSQL can be reached for the first time, nothing of it turns; what waits for a time, in Redis, does not mind.
 */
public final class ScheduleLoops {

    private static final String SCHEMA = "scheduler";
    private static final Duration NOT_YET = Duration.ofMillis(100);
    private static final Duration ALL_IS_DONE = Duration.ofMinutes(1);
    private static final Duration KEEP = Duration.ofMinutes(10);

    /** Cleaning goes on for as long as there is something to delete. */
    private static final Duration LONGEST_CLEANING = Duration.ofHours(1);

    private final Dependencies dependencies;
    private final Db db;
    private final Declared declared;
    private final Firing firing;
    private final FireResender resender;
    private final Resync resync;
    private final ScheduleInbox inbox;
    private final Cleaning cleaning;
    private final ScheduleGauges gauges;
    private final StreamUpkeep schedules;
    private final StreamUpkeep maintenance;
    private volatile boolean begun;
    private boolean published;

    /**
     * How it is tied to the world.
     *
     * @param id of this scheduler, as a consumer
     * @param links makes a connection to Redis for each loop
     * @param migration makes the tables, or makes them what this version wants
     * @param epoch of Redis; 0 while it is not known
     */
    public record Dependencies(
            String id,
            Supplier<RedisLink> links,
            Db db,
            Runnable migration,
            IntSupplier epoch,
            InstantSource clock,
            MeterRegistry meters) {}

    public ScheduleLoops(Dependencies dependencies, List<Declaration> declarations, Retention retention) {
        DatabaseClock clock = DatabaseClock.OF_POSTGRES;
        ScheduleEventPublisher events =
                new ScheduleEventPublisher(new EntryWriter(dependencies.links().get(), StreamNames.scheduleEvents()));
        FireMeters meters = new FireMeters(dependencies.meters());
        RedisLink calls = dependencies.links().get();
        GroupMember member = new GroupMember(
                dependencies.links(),
                calls,
                StreamNames.DEFAULT,
                StreamNames.SCHEDULER,
                dependencies.id(),
                dependencies.clock(),
                new QuarantineTable(
                        dependencies.db(),
                        SCHEMA,
                        dependencies.meters().counter("millrace_schedule_quarantined")::increment));
        this.dependencies = dependencies;
        this.db = dependencies.db();
        this.declared = new Declared(clock, events, declarations);
        Reports reports = reports(dependencies.links().get());
        this.firing = new Firing(db, clock, reports, meters);
        this.resender = new FireResender(db, clock, reports, meters);
        this.resync = new Resync(db, events, dependencies.epoch(), resender::sendAll);
        this.inbox = new ScheduleInbox(
                member, StreamNames.schedules(), new Commands(clock, events), new Answers(db, meters), events);
        this.cleaning = new Cleaning(member, StreamNames.maintenance(), db, clock, retention);
        this.gauges = new ScheduleGauges(db, dependencies.meters());
        this.schedules = member.upkeep(StreamNames.schedules(), KEEP);
        this.maintenance = member.upkeep(StreamNames.maintenance(), MaintenanceCodec.KEPT);
    }

    private static Reports reports(RedisLink link) {
        String stream = StreamNames.DEFAULT.submit();
        return new Reports(new EntryWriter(link, stream), new GroupLag(link, stream, StreamNames.API));
    }

    public void start(Loops loops, Duties duties) {
        loops.start("schedules", this::beginOnce);
        loops.start("fire", onceBegun(firing::fireOnce));
        loops.start("fire-sweep", onceBegun(resender::resendOnce));
        loops.start("schedule-inbox", onceBegun(inbox::workOnce));
        loops.start("schedule-retelling", onceBegun(resync::tellOnce));
        duties.start("schedule-count", ScheduleGauges.PERIOD, onceBegun(gauges::countOnce));
        duties.start("schedule-trim", StreamUpkeep.PERIOD, onceBegun(this::keepUpOnce));
        loops.start("cleaning", onceBegun(cleaning::cleanOnce), LONGEST_CLEANING);
    }

    /** Does what must be done once, and until it has been. */
    private Duration beginOnce() {
        if (!begun) {
            dependencies.migration().run();
            declared.apply();
            begun = true;
        }
        if (!published) {
            declared.publish();
            published = true;
        }
        return ALL_IS_DONE;
    }

    private Loop.Step onceBegun(Loop.Step step) {
        return () -> begun ? step.once() : NOT_YET;
    }

    private Duty.Work onceBegun(Duty.Work work) {
        return () -> {
            if (begun) {
                work.once();
            }
        };
    }

    private void keepUpOnce() {
        schedules.once();
        maintenance.once();
    }

    /** Whether the tables are there, and the latest transaction found PostgreSQL at work. */
    public boolean ready() {
        return begun && db.answers();
    }
}
