package dev.millrace.api.service.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.base.config.Settings;
import dev.millrace.postgres.Db;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All tests of this JVM share the tables; each here counts jobs of a queue of its own. */
class RoundPgTest {

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RetentionMeters meters = new RetentionMeters(registry);
    private final OldRows old = new OldRows(servers);

    @BeforeEach
    void nothingIsLeftOfOthers() {
        RetentionSettings settled = RetentionSettings.of(Settings.of(RetentionConfig.class, Map.of()));
        finish(new DeletionRound(db, settled, new RetentionMeters(new SimpleMeterRegistry())));
    }

    @Test
    void deletesWhatEndedAWeekAgoWithItsAttemptsAndLetters() {
        old.failed(3, false, A_WEEK.plus(A_MINUTE), false).withAttempts();

        finish(round(Map.of()));

        assertThat(old.left()).isZero();
        assertThat(old.letters()).isZero();
        assertThat(old.attempts()).isZero();
        assertThat(deleted("failed_jobs")).isEqualTo(3);
    }

    @Test
    void keepsWhatEndedLaterAndWhatIgnoresItsResultForADay() {
        old.ended(1, A_WEEK.minus(A_MINUTE)).ignored(1, A_DAY.minus(A_MINUTE)).ignored(2, A_DAY.plus(A_MINUTE));

        finish(round(Map.of()));

        assertThat(old.left()).isEqualTo(2);
        assertThat(deleted("ignored_jobs")).isEqualTo(2);
        assertThat(deleted("succeeded_jobs")).isZero();
    }

    @Test
    void keepsEachStateForATimeOfItsOwn() {
        Map<String, String> kept = Map.of(
                "millrace.api.retention.jobs", "P10D",
                "millrace.api.retention.succeeded", "P2D",
                "millrace.api.retention.cancelled", "P30D");
        old.ended(4, Duration.ofDays(3))
                .failed(2, false, Duration.ofDays(9), false)
                .ended(1, "CANCELLED", false, Duration.ofDays(29));

        finish(round(kept));
        assertThat(old.left()).isEqualTo(3);

        old.failed(2, false, Duration.ofDays(11), false).ended(1, "CANCELLED", false, Duration.ofDays(31));
        finish(round(kept));
        assertThat(old.left()).isEqualTo(3);
    }

    @Test
    void neverDeletesAJobThatHasNotEnded() {
        old.live(Duration.ofDays(1_000));

        finish(round(Map.of()));

        assertThat(old.left()).isEqualTo(8);
    }

    @Test
    void keepsOpenDeadLettersForATimeOfTheirOwn() {
        Map<String, String> longer = Map.of("millrace.api.retention.dead-letters", "P30D");
        old.failed(1, false, Duration.ofDays(29), true)
                .failed(1, true, Duration.ofDays(29), true)
                .failed(2, false, Duration.ofDays(31), true)
                .failed(4, false, Duration.ofDays(29), false);

        finish(round(longer));

        assertThat(old.left()).isEqualTo(2);
        assertThat(old.letters()).isEqualTo(2);
        assertThat(deleted("dead_letters")).isEqualTo(2);
        assertThat(deleted("failed_jobs")).isEqualTo(4);
    }

    @Test
    void deletesOpenDeadLettersEarlierIfTheyAreKeptForLess() {
        Map<String, String> shorter = Map.of("millrace.api.retention.dead-letters", "P2D");
        old.failed(1, false, Duration.ofDays(3), true)
                .failed(1, false, A_DAY, true)
                .ended(1, Duration.ofDays(3));

        finish(round(shorter));

        assertThat(old.left()).isEqualTo(2);
        assertThat(deleted("dead_letters")).isEqualTo(1);
    }

    @Test
    void keepsALetterOfAJobThatWasContinued() {
        old.failed(1, false, A_WEEK.plus(A_MINUTE), true);
        servers.sql("update api.job set finished_at = null, state = 'RUNNING' where queue = $1", old.queue());

        finish(round(Map.of()));

        assertThat(old.left()).isEqualTo(1);
        assertThat(old.letters()).isEqualTo(1);
    }

    @Test
    void deletesTenThousandInSmallSteps() {
        old.ended(10_000, A_WEEK.plus(A_MINUTE));
        DeletionRound round = round(Map.of());

        for (int step = 0; old.left() == 10_000; step++) {
            assertThat(step).isLessThan(5);
            round.step();
        }
        assertThat(old.left()).isEqualTo(9_000);

        finish(round);
        assertThat(old.left()).isZero();
        assertThat(deleted("succeeded_jobs")).isEqualTo(10_000);
    }

    @Test
    void sharesTheWorkWithOtherInstances() {
        old.ended(5_000, A_WEEK.plus(A_MINUTE)).failed(500, false, A_WEEK.plus(A_MINUTE), true);

        CompletableFuture<?>[] instances = IntStream.range(0, 3)
                .mapToObj(one -> CompletableFuture.runAsync(
                        () -> finish(round(Map.of())), task -> Thread.startVirtualThread(task)))
                .toArray(CompletableFuture[]::new);
        RealServers.await(CompletableFuture.allOf(instances));
        finish(round(Map.of()));

        assertThat(old.left()).isZero();
        assertThat(deleted("succeeded_jobs")).isEqualTo(5_000);
        assertThat(deleted("dead_letters")).isEqualTo(500);
    }

    @Test
    void passesOverAJobThatSomebodyHasLocked() {
        old.ended(3, A_WEEK.plus(A_MINUTE));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<?> continuing = CompletableFuture.runAsync(() -> continueOne(locked, enough));
        await(locked);

        finish(round(Map.of()));
        enough.countDown();
        RealServers.await(continuing);
        finish(round(Map.of()));

        assertThat(old.left()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAFailureWhereItWas() {
        old.ended(1_500, A_WEEK.plus(A_MINUTE));
        DeletionRound round = round(Map.of());
        servers.sql("alter table api.job rename to job_away");
        try {
            assertThatThrownBy(round::step).isInstanceOf(RuntimeException.class);
            assertThat(round.done()).isFalse();
        } finally {
            servers.sql("alter table api.job_away rename to job");
        }

        finish(round);

        assertThat(old.left()).isZero();
    }

    @Test
    void deletesTheOldHistoryOfSchedulesAndWhatRecallsRemovedOnes() {
        String tenant = "t" + UUID.randomUUID();
        servers.sql("""
                insert into api.schedule_fire (tenant, schedule, generation, at, outcome, noted_at)
                select $1, 's' || days, 1, now() - interval '1 year', 'fired', now() - make_interval(days => days)
                from unnest(array[6, 8, 9]) as days""", tenant);
        servers.sql("""
                insert into api.schedule (tenant, id, generation, version, removed_at)
                select $1, 's' || days, 1, 1, nullif(now() - make_interval(days => days), now())
                from unnest(array[0, 6, 8]) as days""", tenant);

        finish(round(Map.of()));

        assertThat(servers.sql("select schedule from api.schedule_fire where tenant = $1", tenant))
                .extracting(row -> row.getString("schedule"))
                .containsExactly("s6");
        assertThat(servers.sql("select id from api.schedule where tenant = $1 order by id", tenant))
                .extracting(row -> row.getString("id"))
                .containsExactly("s0", "s6");
        assertThat(deleted("fires")).isEqualTo(2);
        assertThat(deleted("removed_schedules")).isEqualTo(1);
    }

    @Test
    void deletesBulkActionsThatEndedLongAgo() {
        String tenant = "t" + UUID.randomUUID();
        servers.sql("""
                insert into api.bulk_action (id, tenant, kind, ids, asked_by, state, finished_at, created_at)
                select gen_random_uuid(), $1, 'delete', '{}', 'test', 'COMPLETED',
                    nullif(now() - make_interval(days => days), now()), now() - interval '1 year'
                from unnest(array[0, 6, 8]) as days""", tenant);

        finish(round(Map.of()));

        assertThat(servers.sql("select id from api.bulk_action where tenant = $1", tenant))
                .hasSize(2);
    }

    @Test
    void deletesOldEntriesOfTheQuarantine() {
        String stream = "mr:{test}:" + UUID.randomUUID();
        servers.sql("""
                insert into api.quarantine (stream, entry, reason, bytes, at)
                select $1, days, 'broken', '', now() - make_interval(days => days)
                from unnest(array[6, 8, 9]) as days""", stream);

        finish(round(Map.of()));

        assertThat(servers.sql("select entry from api.quarantine where stream = $1", stream))
                .extracting(row -> row.getString("entry"))
                .containsExactly("6");
    }

    @Test
    void deletesVersionsThatAreNotCurrentForLongUnlessAWorkflowOfThemIsKept() {
        String tenant = "t-" + UUID.randomUUID();
        servers.sql("insert into api.flow_spec (hash, body) values ('\\x0f', '{}') on conflict do nothing");
        servers.sql("""
                insert into api.flow_definition (tenant, name, version, spec, body_hash, superseded_at)
                select $1, 'd', version, '\\x0f', '\\x00', case when version < 5 then now() - make_interval(days => 101 - version * 5) end
                from generate_series(1, 5) as version""", tenant);
        servers.sql("""
                insert into api.workflow (id, tenant, spec, body_hash, input, state, definition, definition_version)
                values (gen_random_uuid(), $1, '\\x0f', '\\x00', 'null', 'WAITING', 'd', 2)""", tenant);
        servers.sql("""
                insert into api.flow_definition (tenant, name, version, spec, body_hash, superseded_at, deleted_at)
                values ($1, 'gone', 7, '\\x0f', '\\x00', now() - interval '1 year', now())""", tenant);

        servers.sql("""
                insert into api.schedule (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
                values ($1, 's', 1, 1, 'api', '{}', '{"workflow":{"definition":"d","version":1}}', false, now(), now())""", tenant);

        finish(round(Map.of()));
        assertThat(servers.sql("select from api.flow_definition where tenant = $1 and version = 1", tenant))
                .hasSize(1);
        servers.sql("update api.schedule set removed_at = now() where tenant = $1", tenant);
        finish(round(Map.of()));

        assertThat(servers.sql("select version from api.flow_definition where tenant = $1 order by version", tenant))
                .extracting(row -> row.getInteger("version"))
                .containsExactly(2, 3, 4, 5, 7);
    }

    private DeletionRound round(Map<String, String> settings) {
        RetentionSettings settled = RetentionSettings.of(Settings.of(RetentionConfig.class, settings));
        return new DeletionRound(db, settled, meters);
    }

    private static void finish(DeletionRound round) {
        for (int step = 0; !round.done(); step++) {
            assertThat(step).isLessThan(1_000);
            round.step();
        }
    }

    private double deleted(String what) {
        return registry.get("millrace_retention_deleted")
                .tag("what", what)
                .counter()
                .count();
    }

    private void continueOne(CountDownLatch locked, CountDownLatch enough) {
        db.transaction(RealServers.SOON, tx -> {
            tx.run("""
                    update api.job set finished_at = null, state = 'QUEUED'
                    where id = (select id from api.job where queue = $1 limit 1)""", old.queue());
            locked.countDown();
            await(enough);
            return 0;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(RealServers.SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The tree of a workflow that lives stays, however old parts of it are; that of one that has ended goes from its leaves on. */
    @Test
    void C15_W23_deletesWholeTreesOfWorkflowsAndNothingOfOnesThatLive() {
        UUID live = workflow(null, Duration.ZERO, false);
        UUID oldInside = workflow(live, A_WEEK.plus(A_MINUTE), true);
        UUID ended = workflow(null, A_WEEK.plus(A_MINUTE), true);
        UUID inside = workflow(ended, A_WEEK.plus(A_DAY), true);
        List.of(live, oldInside, ended, inside).forEach(this::member);

        finish(round(Map.of()));

        assertThat(servers.sql("select id from api.workflow where id = any($1)", (Object)
                        new UUID[] {live, oldInside, ended, inside}))
                .extracting(row -> row.getUUID(0))
                .containsExactlyInAnyOrder(live, oldInside);
        assertThat(old.left()).isEqualTo(2);
        assertThat(deleted("workflow_members")).isEqualTo(2);
        assertThat(deleted("inner_workflows")).isEqualTo(1);
        assertThat(deleted("workflows")).isEqualTo(1);
    }

    private UUID workflow(@Nullable UUID root, Duration age, boolean ended) {
        UUID id = UUID.randomUUID();
        servers.sql("insert into api.flow_spec (hash, body) values ('\\x01', '{}') on conflict do nothing");
        servers.sql("""
                insert into api.workflow (id, tenant, spec, body_hash, input, state, finished_at, parent, parent_node, parent_name,
                    parent_run, parent_index, root)
                values ($1, 'default', '\\x01', '\\x01', 'null', 'SUCCEEDED',
                    case when $4 then now() - make_interval(secs => $3) end, $2, 0, 'm', 1, 0, $2)""", id, root, (double) age.toSeconds(), ended);
        return id;
    }

    private void member(UUID workflow) {
        old.ended(1, A_WEEK.plus(A_MINUTE));
        servers.sql(
                "update api.job set workflow = $1, node = 0, node_run = 1, member = 0 where queue = $2 and workflow is null",
                workflow,
                old.queue());
    }
}
