package dev.millrace.api.record.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.StatusRows.Ending;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndEffectsPgTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final List<String> told = new ArrayList<>();
    private final EndEffects effects = new EndEffects(List.of(effect("first"), effect("second")));
    private final JobId job = servers.insertJob();

    @Test
    void tellsEachInItsOrderAndAgainAfterTheCommit() {
        ended(effects).run();

        assertThat(told).containsExactly("first " + job, "second " + job, "first committed", "second committed");
    }

    @Test
    void doesNothingAfterTheCommitByItself() {
        ended(effects);

        assertThat(told).containsExactly("first " + job, "second " + job);
    }

    @Test
    void tellsNobodyOfNothing() {
        db.<Runnable>transaction(LIMIT, tx -> effects.ended(tx, List.of())).run();
        db.<Boolean>transaction(LIMIT, tx -> reopened(tx, List.of()));

        assertThat(told).isEmpty();
    }

    @Test
    void tellsEachOfJobsThatGoOn() {
        db.<Boolean>transaction(LIMIT, tx -> reopened(tx, List.of(job)));

        assertThat(told).containsExactly("first again " + job, "second again " + job);
    }

    @Test
    void anEffectThatFailsKeepsTheEndFromBeingCommitted() {
        EndEffects failing = new EndEffects(List.of(effect("first"), (tx, ends) -> {
            throw new IllegalStateException("as planned");
        }));

        assertThatThrownBy(() -> ended(failing)).hasMessage("as planned");

        assertThat(servers.sql("select finished_at from api.job where id = $1", job.uuid())
                        .iterator()
                        .next()
                        .getOffsetDateTime(0))
                .isNull();
    }

    private Runnable ended(EndEffects whose) {
        Position end = new Position(new Token(1, 1, 0), Rank.ENDED, new EntryId(1, 0));
        return db.transaction(
                LIMIT, tx -> whose.ended(tx, StatusRows.end(tx, JobState.CANCELLED, List.of(new Ending(job, 1, end)))));
    }

    private boolean reopened(Tx tx, List<JobId> jobs) {
        effects.reopened(tx, jobs);
        return true;
    }

    private EndEffect effect(String name) {
        return new EndEffect() {
            @Override
            public Runnable ended(Tx tx, List<RecordedEnd> ends) {
                ends.forEach(end -> told.add(name + " " + end.job()));
                return () -> told.add(name + " committed");
            }

            @Override
            public void reopened(Tx tx, Collection<JobId> jobs) {
                jobs.forEach(one -> told.add(name + " again " + one));
            }
        };
    }
}
