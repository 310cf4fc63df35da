package dev.millrace.api.record.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.StatusRows;
import dev.millrace.api.record.job.StatusRows.Ending;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecountPgTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static final String MISCOUNTED = """
            select count(*) from
                (select tenant, queue, task, state, sum(n) as n from api.job_count group by 1, 2, 3, 4) told
                full join (select tenant, queue, task, state, count(*) as n from api.job group by 1, 2, 3, 4) there
                using (tenant, queue, task, state)
            where coalesce(told.n, 0) <> coalesce(there.n, 0)""";

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final String queue = "counted-" + UUID.randomUUID();

    /** Two instances of two writers each: all that becomes of jobs, and one transaction in five comes to nothing. */
    @Test
    void theCountsAreThoseOfTheTableWhateverManyWritersDoAtOnce() {
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            CompletableFuture.allOf(IntStream.range(0, 4)
                            .mapToObj(seed -> CompletableFuture.runAsync(() -> new Writer(seed).run(), writers))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }

        assertThat(number("select count(*) from api.job where queue like $1 || '%'", queue))
                .isPositive();
        assertThat(number(MISCOUNTED)).isZero();
    }

    @Test
    void onceADayPutsRightWhatWasChangedPastTheTriggers() {
        Recount recount = new Recount(db);
        IntStream.range(0, 3).forEach(i -> servers.insertJob(new JobId(UUID.randomUUID()), queue, false));
        servers.sql("update api.job_count set n = n + 5 where queue = $1", queue);
        servers.sql("insert into api.job_count values ('default', $1, 'gone', 'FAILED', 3, 7)", queue);

        recount.recountOnce();
        assertThat(number(MISCOUNTED)).isEqualTo(2);

        servers.sql("update api.job_recount set at = now() - interval '25 hours'");
        recount.recountOnce();
        assertThat(number(MISCOUNTED)).isZero();
    }

    /** One that writes as submits, the projection, cancels, requeues and retention do. */
    private final class Writer implements Runnable {

        private final Random random;
        private final List<JobId> jobs = new ArrayList<>();
        private long place = 1;

        private Writer(int seed) {
            random = new Random(seed);
        }

        @Override
        public void run() {
            for (int i = 0; i < 100; i++) {
                turn();
            }
        }

        private void turn() {
            List<JobId> made = new ArrayList<>();
            try {
                db.transaction(LIMIT, tx -> {
                    change(tx, made);
                    if (random.nextInt(5) == 0) {
                        throw new ComesToNothing();
                    }
                    return true;
                });
                jobs.addAll(made);
            } catch (ComesToNothing planned) {
                // Then neither the jobs nor the counts have changed.
            }
        }

        private void change(Tx tx, List<JobId> made) {
            switch (random.nextInt(6)) {
                case 0, 1 -> insert(tx, made);
                case 2 -> StatusRows.fold(tx, started());
                case 3 -> StatusRows.end(tx, random.nextBoolean() ? JobState.FAILED : JobState.CANCELLED, endings());
                case 4 -> StatusRows.reopen(tx, some(), null, null);
                default -> tx.run("delete from api.job where id = any($1)", (Object) ids(some()));
            }
        }

        private void insert(Tx tx, List<JobId> made) {
            IntStream.range(0, 1 + random.nextInt(20))
                    .forEach(i -> made.add(new JobId(new UUID(random.nextLong(), i))));
            tx.run("""
                    insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state)
                    select id, 'default', 'demo.echo', $2, 5, '1', '\\x00', 'QUEUED' from unnest($1::uuid[]) as id""", ids(made), queue + random.nextInt(2));
        }

        private SequencedMap<JobId, JobStatus> started() {
            SequencedMap<JobId, JobStatus> changes = new TreeMap<>();
            some().forEach(job -> changes.put(
                    job,
                    JobStatus.created(JobState.QUEUED).after(new Started(job, position(Rank.STARTED), 1, NOW, "w"))));
            return changes;
        }

        private List<Ending> endings() {
            return some().stream()
                    .map(job -> new Ending(job, 1, position(Rank.ENDED)))
                    .toList();
        }

        private Position position(Rank rank) {
            return new Position(new Token(1, 1, 1), rank, new EntryId(place++, 0));
        }

        private List<JobId> some() {
            return jobs.stream().filter(job -> random.nextInt(3) == 0).sorted().toList();
        }
    }

    private static final class ComesToNothing extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static UUID[] ids(List<JobId> jobs) {
        return jobs.stream().map(JobId::uuid).toArray(UUID[]::new);
    }

    private long number(String sql, Object... parameters) {
        return servers.sql(sql, parameters).iterator().next().getLong(0);
    }
}
