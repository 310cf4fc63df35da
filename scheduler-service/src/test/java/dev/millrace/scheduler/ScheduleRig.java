package dev.millrace.scheduler;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.QuarantineTable;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Trigger;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.fires.Answers;
import dev.millrace.scheduler.fires.FireMeters;
import dev.millrace.scheduler.fires.FireResender;
import dev.millrace.scheduler.fires.Firing;
import dev.millrace.scheduler.fires.Reports;
import dev.millrace.scheduler.schedules.Commands;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupLag;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parts of schedulers on the real tables, with a clock that a test moves and streams of its own. It is the year 2040: what
 * is due there is not due to the service under test, which turns on the same tables.
 */
public final class ScheduleRig {

    public static final Instant START = Instant.parse("2040-01-01T00:00:00Z");
    public static final String JOB = "{\"task\":\"demo.echo\"}";

    /** A machine that is busy with other tests is given more time than one that fires schedules. */
    private static final int PATIENCE = 6;

    private static final Map<Redis, RedisLink> LINKS = new ConcurrentHashMap<>();
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String WIPE =
            "truncate scheduler.schedule, scheduler.fire, scheduler.command, scheduler.quarantine";

    public final TestClock clock = new TestClock(START);
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final Db db;
    public final String submit = "mr:{s0}:submit-" + MADE.incrementAndGet();
    public final String events = "mr:{ctl}:schedule-events-" + MADE.get();
    private final Redis redis;
    private final FireMeters fireMeters = new FireMeters(meters);
    private final Reports reports;

    public ScheduleRig(Vertx vertx, Redis redis) {
        this.redis = redis;
        this.db = new Db(Arc.container().instance(Pool.class).get(), () -> System.nanoTime() / PATIENCE);
        this.reports = reports(link());
        Awaiting.until("the tables are there and empty", () -> serviceHasBegun() && wiped());
    }

    /** Else what it declares would come between. */
    private static boolean serviceHasBegun() {
        return Arc.container().instance(ScheduleLoops.class).get().ready();
    }

    private boolean wiped() {
        try {
            sql(WIPE);
            return true;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    public DatabaseClock time() {
        return new DatabaseClock() {
            @Override
            public Instant now(Tx tx) {
                return clock.instant();
            }

            @Override
            public Uni<Instant> now() {
                return Uni.createFrom().item(clock::instant);
            }
        };
    }

    /** One for all tests: connections are few. */
    public RedisLink link() {
        return LINKS.computeIfAbsent(redis, client -> new RedisLink(client, Duration.ofSeconds(5)));
    }

    /** One that reaches nothing, as that of a scheduler that dies. */
    private RedisLink noLink(Vertx vertx) {
        return new RedisLink(Redis.createClient(vertx, "redis://127.0.0.1:1"), Duration.ofSeconds(5));
    }

    /** A scheduler as a consumer of streams. */
    public GroupMember member(String name) {
        return new GroupMember(
                this::link,
                link(),
                StreamNames.DEFAULT,
                StreamNames.SCHEDULER,
                name,
                clock,
                new QuarantineTable(db, "scheduler", meters.counter("millrace_schedule_quarantined")::increment));
    }

    public Commands commands() {
        return new Commands(time(), event());
    }

    public ScheduleEventPublisher event() {
        return new ScheduleEventPublisher(new EntryWriter(link(), events));
    }

    public Firing firing() {
        return new Firing(db, time(), reports, fireMeters);
    }

    /** Of a scheduler that dies between its commit and its word to the api. */
    public Firing firingThatDies(Vertx vertx) {
        return new Firing(db, time(), reports(noLink(vertx)), fireMeters);
    }

    public FireResender resender() {
        return new FireResender(db, time(), reports, fireMeters);
    }

    public Answers answers() {
        return new Answers(db, fireMeters);
    }

    private Reports reports(RedisLink link) {
        return new Reports(new EntryWriter(link, submit), new GroupLag(link, submit, StreamNames.API));
    }

    public ScheduleEvent carryOut(ScheduleCommand command) {
        return understood(ScheduleCodec.event(commands().carryOut(command)));
    }

    public ScheduleEvent create(String id, Plan plan) {
        return create(id, new ScheduleContent(plan, JOB, false));
    }

    public ScheduleEvent create(String id, ScheduleContent content) {
        return carryOut(new ScheduleCommand.Create(UUID.randomUUID(), key(id), content));
    }

    public ScheduleEvent put(String id, ScheduleContent content) {
        return carryOut(new ScheduleCommand.Put(UUID.randomUUID(), key(id), OptionalLong.empty(), content, true));
    }

    public static ScheduleKey key(String id) {
        return new ScheduleKey("default", id);
    }

    public static Trigger every(int seconds) {
        return new Every(Duration.ofSeconds(seconds), START);
    }

    public static Plan plan(Trigger trigger, Misfire misfire) {
        return new Plan(trigger, null, null, misfire, Duration.ofSeconds(60), Plan.DEFAULT_WINDOW, Overlap.ALLOW);
    }

    /** Rounds until nothing is due any more. */
    public void fireAll() {
        Firing firing = firing();
        while (count("select count(*) from scheduler.schedule where next_at <= cast('" + clock.instant()
                        + "' as timestamptz)")
                > 0) {
            firing.fireOnce();
        }
    }

    /** What was sent to the api, in order, repetitions included. */
    public List<FireReport> sent() {
        return entries(submit).stream()
                .map(fields -> understood(ScheduleCodec.report(flat(fields))))
                .toList();
    }

    /** When a schedule fired, as far as it was sent. */
    public List<Instant> fired(String id) {
        return sent().stream()
                .filter(report -> report.key().equals(key(id)) && !report.missed())
                .map(FireReport::at)
                .toList();
    }

    public List<Instant> missed(String id) {
        return sent().stream()
                .filter(report -> report.key().equals(key(id)) && report.missed())
                .map(FireReport::at)
                .toList();
    }

    /** What was told of schedules, in order. */
    public List<ScheduleEvent> told() {
        return entries(events).stream()
                .map(fields -> understood(ScheduleCodec.event(flat(fields))))
                .toList();
    }

    /** As the api answers. */
    public static FireAnswer answer(FireReport report) {
        FireReport.Outcome outcome = report.missed() ? FireReport.Outcome.MISSED : FireReport.Outcome.FIRED;
        return new FireAnswer(report.key(), report.generation(), report.at(), outcome);
    }

    /** All entries of a stream, by a reader of its own that acknowledges none. */
    private List<Map<String, String>> entries(String stream) {
        GroupReader reader = new GroupReader(link(), stream, "observer-" + UUID.randomUUID(), "observer");
        List<Map<String, String>> all = new ArrayList<>();
        List<StreamEntry> page = reader.read(10_000, Duration.ofMillis(1));
        while (!page.isEmpty()) {
            page.forEach(entry -> all.add(entry.fields()));
            page = reader.read(10_000, Duration.ofMillis(1));
        }
        return all;
    }

    public static List<String> flat(Map<String, String> fields) {
        List<String> flat = new ArrayList<>();
        fields.forEach((name, value) -> flat.addAll(List.of(name, value)));
        return flat;
    }

    public static <T> T understood(Reading<T> reading) {
        return switch (reading) {
            case Reading.Understood<T>(T value) -> value;
            case Reading.Refused<T>(String why) -> throw new AssertionError(why);
        };
    }

    public void sql(String statement) {
        db.transaction(Duration.ofSeconds(30), tx -> tx.run(statement));
    }

    public long count(String query) {
        return db.transaction(Duration.ofSeconds(30), tx -> tx.number(query));
    }

    public long unanswered() {
        return count("select count(*) from scheduler.fire where send_at is not null");
    }
}
