package dev.millrace.api.record.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.postgres.Columns;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lists that make one statement fit together; what PostgreSQL says to it, the tests of the projection and of submits see. */
class JobColumnsTest {

    @Test
    void everyColumnHasAParameterAndAValue() {
        int columns = JobColumns.OF_DETAILS.split(", ").length;

        assertThat(JobColumns.arrays(8).split(", ")).hasSize(columns);
        assertThat(JobColumns.arrays(8)).startsWith("$8::text[]").endsWith("$" + (8 + columns - 1) + "::int4[]");
        assertThat(JobColumns.values(new Columns<NewJob>(List.of()))).hasSize(columns);
    }

    @Test
    void everyColumnOfAStatusHasATypeAndAValue() {
        int columns = StatusColumns.NAMES.split(", ").length;

        assertThat(StatusColumns.TYPES).hasSize(columns);
        assertThat(StatusColumns.values(List.of())).hasSize(columns);
        assertThat(StatusColumns.UNSTARTED.split(", ")).hasSize(columns - StatusColumns.FURTHEST.size());
    }
}
