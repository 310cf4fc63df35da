package dev.millrace.api.record.projection;

import dev.millrace.api.YoungDatabase;
import dev.millrace.job.Histories;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.EventFields;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionPlansPgTest {

    private final YoungDatabase young = YoungDatabase.make();
    private final ProjectionWriter writer = new ProjectionWriter(young.byKey(), Effects.ALL);

    @AfterEach
    void close() {
        young.close();
    }

    @Test
    void plansThatWereMadeForEmptyTablesAreMadeAnewWhenTheyHaveGrown() {
        project();
        young.grow(3_000).look();
        project();

        young.assertNamedAndByKey("with held as materialized", "state = 'SUCCEEDED'");
    }

    @Test
    void plansForTablesOfAHundredRowsGoByKey() {
        young.grow(100).analyze();
        project();

        young.assertNamedAndByKey("with held as materialized", "state = 'SUCCEEDED'");
    }

    private void project() {
        List<JobEvent> events = new Histories(1).of(new JobId(UUID.randomUUID()));
        writer.write(ProjectionBatch.of(
                "events", events.stream().map(EventFields::entry).toList()));
        Ended end = new Histories(2).end(new JobId(UUID.randomUUID()));
        writer.write(ProjectionBatch.of(
                "events",
                List.of(EventFields.entry(new Ended(
                        end.job(), end.position(), 1, end.at(), JobState.SUCCEEDED, end.start(), "1", null)))));
    }
}
