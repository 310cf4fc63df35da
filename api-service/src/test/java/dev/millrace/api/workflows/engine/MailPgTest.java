package dev.millrace.api.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.StatusRows;
import dev.millrace.job.Histories;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.postgres.Db;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the tables tell workflows of the ends of their members, whoever ends them. */
class MailPgTest {

    private final RealServers servers = RealServers.get();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final UUID workflow = UUID.randomUUID();

    private List<JobId> members(int many) {
        return IntStream.range(0, many)
                .mapToObj(index -> {
                    JobId job = servers.insertJob();
                    servers.sql(
                            "update api.job set workflow = $2, node = 3, node_run = 1, member = $3 where id = $1",
                            job.uuid(),
                            workflow,
                            index);
                    return job;
                })
                .toList();
    }

    private String mail() {
        StringBuilder told = new StringBuilder();
        servers.sql(
                        "select number, run, succeeded, failed from api.flow_mail where workflow = $1 order by id",
                        workflow)
                .forEach(row -> told.append("%d.%d +%d -%d; "
                        .formatted(row.getInteger(0), row.getInteger(1), row.getInteger(2), row.getInteger(3))));
        return told.toString();
    }

    private void end(List<JobId> jobs, JobState state) {
        servers.sql(
                "update api.job set state = $2, finished_at = now() where id = any($1) and finished_at is null",
                jobs.stream().map(JobId::uuid).toArray(UUID[]::new),
                state.name());
    }

    @Test
    void W5_areOneRowForAllEndsOfANodeInAStatement() {
        List<JobId> jobs = members(5);
        end(jobs.subList(0, 3), JobState.SUCCEEDED);
        end(jobs.subList(3, 5), JobState.EXPIRED);

        assertThat(mail()).isEqualTo("3.1 +3 -0; 3.1 +0 -2; ");
    }

    @Test
    void W6_areNotRepeatedByAStatementThatIsRepeated() {
        List<JobId> jobs = members(2);

        end(jobs, JobState.SUCCEEDED);
        end(jobs, JobState.SUCCEEDED);
        servers.sql("update api.job set changed_at = now() where workflow = $1", workflow);

        assertThat(mail()).isEqualTo("3.1 +2 -0; ");
    }

    /** It fails, waits, and runs again; only its end is one. */
    @Test
    void C14_areNoneOfAnAttemptThatIsFollowedByAnother() {
        List<JobId> jobs = members(1);

        for (JobState state : List.of(JobState.RUNNING, JobState.RETRYING, JobState.QUEUED, JobState.RUNNING)) {
            servers.sql("update api.job set state = $2 where workflow = $1", workflow, state.name());
        }
        assertThat(mail()).isEmpty();
        end(jobs, JobState.SUCCEEDED);

        assertThat(mail()).isEqualTo("3.1 +1 -0; ");
    }

    @Test
    void X2_areNoneOfASnooze() {
        members(1);

        servers.sql("update api.job set state = 'SCHEDULED' where workflow = $1", workflow);

        assertThat(mail()).isEmpty();
    }

    @Test
    void areTakenBackByARequeue() {
        List<JobId> jobs = members(1);
        end(jobs, JobState.FAILED);
        servers.sql("update api.job set ended_position = position where workflow = $1", workflow);

        db.transaction(RealServers.SOON, tx -> StatusRows.reopen(tx, jobs, null, null));

        assertThat(mail()).isEqualTo("3.1 +0 -1; 3.1 +0 --1; ");
    }

    @Test
    void areNothingOfJobsThatAreNoMembersAndOfCallbacks() {
        List<JobId> jobs = members(1);
        servers.sql("update api.job set node = -2 where workflow = $1", workflow);
        end(List.of(jobs.getFirst(), servers.insertJob()), JobState.SUCCEEDED);

        assertThat(mail()).isEmpty();
    }

    /** They are no members, and are counted by nobody. */
    @Test
    void C18_tellApartWhatReadsAPage() {
        List<JobId> jobs = members(2);
        servers.sql(
                "update api.job set member = -1 where id = $1", jobs.getFirst().uuid());

        end(jobs, JobState.SUCCEEDED);

        assertThat(mail()).contains("3.1 +1 -0; 3.1 +1 -0; ");
        assertThat(servers.sql(
                        "select kind from api.flow_mail where workflow = $1 order by kind nulls first", workflow))
                .extracting(row -> row.getString(0))
                .containsExactly(null, "page");
    }

    /** What undoes a step is waited for, although it is no member. */
    @Test
    void W24_areToldOfWhatUndoesANode() {
        List<JobId> jobs = members(1);
        servers.sql("update api.job set node = -1003 where workflow = $1", workflow);

        end(jobs, JobState.FAILED);

        assertThat(mail()).isEqualTo("-1003.1 +0 -1; ");
    }

    @Test
    void W2_aMemberIsInItsSetOnce() {
        members(1);
        JobId twin = servers.insertJob();

        assertThatThrownBy(() -> servers.sql(
                        "update api.job set workflow = $2, node = 3, node_run = 1, member = 0 where id = $1",
                        twin.uuid(),
                        workflow))
                .hasMessageContaining("job_member");
    }

    /** A fold that is done again changes nothing, and tells nothing. */
    @Test
    void W6_areWrittenByTheFoldOnce() {
        JobId job = members(1).getFirst();
        TreeMap<JobId, JobStatus> change = new TreeMap<>();
        Ended end = new Histories(7).end(job);
        change.put(job, JobStatus.created(JobState.QUEUED).after(end));

        db.transaction(RealServers.SOON, tx -> StatusRows.fold(tx, change));
        db.transaction(RealServers.SOON, tx -> StatusRows.fold(tx, change));

        assertThat(mail()).isEqualTo(end.state() == JobState.SUCCEEDED ? "3.1 +1 -0; " : "3.1 +0 -1; ");
    }
}
