package dev.millrace.api.service.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.catalog.queues.QueueDocument;
import dev.millrace.api.catalog.workers.SeenWorker;
import dev.millrace.api.catalog.workers.SeenWorker.State;
import dev.millrace.api.service.diagnostics.Finding.Level;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided from what was answered. */
class FindingsTest {

    private static final Duration QUICK = Duration.ofMillis(1);

    private static Level worst(List<Finding> findings) {
        assertThat(findings).isNotEmpty().allSatisfy(one -> {
            assertThat(one.finding()).endsWith(".");
            assertThat(one.recommendation() == null).isEqualTo(one.level() == Level.OK);
        });
        return findings.stream().map(Finding::level).max(Level::compareTo).orElseThrow();
    }

    private static Level redis(Duration latency, Map<String, String> memory, Map<String, String> persistence) {
        return worst(new RedisFindings(Optional.empty(), true, latency, memory, persistence).all());
    }

    @ParameterizedTest
    @CsvSource({"79, OK", "80, NOTE", "94, NOTE", "95, BAD", "100, BAD"})
    void aRedisThatHasLittleRoomLeft(int percent, Level level) {
        assertThat(redis(
                        QUICK,
                        Map.of("maxmemory", "100000", "used_memory", Integer.toString(percent * 1_000)),
                        Map.of()))
                .isEqualTo(level);
    }

    @Test
    void aRedisThatIsSlowOrForgetsOrCannotWrite() {
        assertThat(redis(QUICK, Map.of("maxmemory", "0", "used_memory", "1000"), Map.of("aof_enabled", "1")))
                .isEqualTo(Level.OK);
        assertThat(redis(Duration.ofMillis(101), Map.of(), Map.of())).isEqualTo(Level.NOTE);
        assertThat(redis(QUICK, Map.of(), Map.of("aof_enabled", "0"))).isEqualTo(Level.NOTE);
        assertThat(redis(QUICK, Map.of(), Map.of("aof_last_write_status", "err")))
                .isEqualTo(Level.BAD);
    }

    @Test
    void aRedisThatIsNotOpenOrNotToBeTrusted() {
        assertThat(worst(new RedisFindings(Optional.empty(), false, QUICK, Map.of(), Map.of()).all()))
                .isEqualTo(Level.BAD);
        assertThat(worst(new RedisFindings(Optional.of("It evicts."), true, QUICK, Map.of(), Map.of()).all()))
                .isEqualTo(Level.BAD);
    }

    private static Level postgres(long millis, long connections, Duration oldest, long dead) {
        return worst(new PostgresFindings(Duration.ofMillis(millis), connections, 100, oldest, dead, 150_000).all());
    }

    @Test
    void aPostgresThatIsSlowOrCrowdedOrHeldUp() {
        Duration none = Duration.ZERO;
        assertThat(postgres(250, 89, Duration.ofMinutes(5), 150_000)).isEqualTo(Level.OK);
        assertThat(postgres(251, 1, none, 0)).isEqualTo(Level.NOTE);
        assertThat(postgres(1, 90, none, 0)).isEqualTo(Level.BAD);
        assertThat(postgres(1, 1, Duration.ofMinutes(5).plusMillis(1), 0)).isEqualTo(Level.NOTE);
        assertThat(postgres(1, 1, none, 150_001)).isEqualTo(Level.NOTE);
    }

    private static SeenWorker worker(State state, int slots, int running, String version, int leaked) {
        return worker(state, Map.of(new QueueName("mail"), new Load(slots, running, running)), version, leaked);
    }

    private static SeenWorker worker(State state, Map<QueueName, Load> queues, String version, int leaked) {
        return new SeenWorker(
                "w", "w", "host", 1L, version, "jvm", Instant.EPOCH, Instant.EPOCH, state, queues, 1.0, 1L, leaked);
    }

    private static Level fleet(SeenWorker... workers) {
        return worst(new FleetFindings(List.of(workers), 1).all());
    }

    @Test
    void workersWhoAreNotThereOrRestOrAreBusy() {
        SeenWorker idle = worker(State.RUNNING, 4, 3, "1", 0);
        assertThat(fleet()).isEqualTo(Level.BAD);
        assertThat(fleet(worker(State.DRAINING, 4, 0, "1", 0))).isEqualTo(Level.BAD);
        assertThat(fleet(idle, worker(State.DRAINING, 4, 0, "1", 0))).isEqualTo(Level.OK);
        assertThat(fleet(worker(State.RUNNING, 4, 4, "1", 0))).isEqualTo(Level.NOTE);
        assertThat(fleet(idle, worker(State.RUNNING, 4, 0, "2", 0))).isEqualTo(Level.NOTE);
        assertThat(fleet(worker(State.RUNNING, 4, 0, "1", 1))).isEqualTo(Level.NOTE);
        SeenWorker slotless = worker(State.RUNNING, Map.of(), "1", 0);
        assertThat(fleet(idle, slotless)).isEqualTo(Level.NOTE);
        assertThat(fleet(slotless)).isEqualTo(Level.BAD);
        assertThat(worst(new FleetFindings(List.of(idle), 0).all())).isEqualTo(Level.BAD);
    }

    @Test
    void slotsThatQueuesShareAreBusyWhenAllOfThemTogetherAre() {
        Map<QueueName, Load> queues = Map.of(
                new QueueName("a"), new Load(4, 1, 1, true),
                new QueueName("b"), new Load(4, 3, 3, true),
                new QueueName("c"), new Load(1, 0, 0));
        SeenWorker worker = worker(State.RUNNING, queues, "1", 0);
        assertThat(worker.slots()).isEqualTo(5);
        assertThat(fleet(worker)).isEqualTo(Level.OK);
        queues = Map.of(new QueueName("a"), new Load(4, 1, 1, true), new QueueName("b"), new Load(4, 3, 3, true));
        assertThat(fleet(worker(State.RUNNING, queues, "1", 0))).isEqualTo(Level.NOTE);
    }

    private static QueueDocument queue(String name, long ready, int consumers, boolean paused) {
        return new QueueDocument(name, ready, 0L, 0, 0, 0, null, paused, null, null, consumers, 4, 5, null, 1);
    }

    private static List<Finding> queues(QueueDocument... queues) {
        return new QueueFindings(List.of(queues), Map.of(), Map.of()).all();
    }

    @Test
    void queuesThatAreNotServedOrLong() {
        assertThat(worst(queues(queue("mail", 1_000, 1, false), queue("feed", 0, 0, false))))
                .isEqualTo(Level.OK);
        assertThat(worst(queues(queue("mail", 1_001, 1, false)))).isEqualTo(Level.BAD);
        assertThat(worst(queues(queue("mail", 5, 0, true)))).isEqualTo(Level.NOTE);
        List<Finding> unserved = queues(queue("critical", 3, 0, false));
        assertThat(worst(unserved)).isEqualTo(Level.BAD);
        assertThat(unserved.getFirst().finding())
                .isEqualTo("3 jobs wait in the queue 'critical', which no worker serves.");
    }

    @Test
    void queuesOfTasksAndSchedulesThatNobodyServes() {
        List<QueueDocument> known = List.of(queue("mail", 0, 1, false), queue("feed", 0, 0, false));
        Map<String, Set<String>> tasks = Map.of("mail", Set.of("a"), "feed", Set.of("b"));

        assertThat(worst(new QueueFindings(known, tasks, Map.of("mail", 2L)).all()))
                .isEqualTo(Level.NOTE);
        assertThat(worst(new QueueFindings(known, tasks, Map.of("feed", 2L)).all()))
                .isEqualTo(Level.BAD);
    }

    @Test
    void tellsOfManyQueuesTheWorstOnly() {
        QueueDocument[] many = IntStream.range(0, 30)
                .mapToObj(i -> queue("q" + i, 1, 0, i > 0))
                .toArray(QueueDocument[]::new);

        List<Finding> told = queues(many);

        assertThat(told).hasSize(21);
        assertThat(told.getFirst().level()).isEqualTo(Level.BAD);
        assertThat(told.getLast().finding()).startsWith("10 more things");
    }

    private static Level record(Duration overdue, long parked, long quarantined, long now, long before) {
        return worst(new RecordFindings(overdue, parked, quarantined, now, before).all());
    }

    @Test
    void aRecordThatIsBehindOrHasWhatItShouldNot() {
        Duration none = Duration.ZERO;
        assertThat(record(Duration.ofSeconds(30), 0, 0, 0, 0)).isEqualTo(Level.OK);
        assertThat(record(Duration.ofSeconds(30).plusMillis(1), 0, 0, 0, 0)).isEqualTo(Level.BAD);
        assertThat(record(none, 1, 0, 0, 0)).isEqualTo(Level.NOTE);
        assertThat(record(none, 0, 1, 0, 0)).isEqualTo(Level.NOTE);
        assertThat(record(none, 0, 0, 9, 0)).isEqualTo(Level.NOTE);
        assertThat(record(none, 0, 0, 10, 5)).isEqualTo(Level.NOTE);
        assertThat(record(none, 0, 0, 11, 5)).isEqualTo(Level.BAD);
        assertThat(RecordCheckup.lag(Duration.ofSeconds(5)).level()).isEqualTo(Level.OK);
        assertThat(RecordCheckup.lag(Duration.ofSeconds(6)).level()).isEqualTo(Level.BAD);
        assertThat(RecordCheckup.stuck(List.of("relay")).finding()).contains("relay");
    }

    @Test
    void clocksThatAreApart() {
        Instant now = Instant.EPOCH;
        Instant later = now.plusSeconds(5);
        assertThat(ClockCheckup.compared(now, now.minusMillis(2_000), later.plusMillis(2_000), later)
                        .level())
                .isEqualTo(Level.OK);
        assertThat(ClockCheckup.compared(now, now.minusMillis(2_001), later, later)
                        .level())
                .isEqualTo(Level.BAD);
        assertThat(ClockCheckup.compared(now, now, later.plusMillis(2_001), later)
                        .level())
                .isEqualTo(Level.BAD);
    }
}
