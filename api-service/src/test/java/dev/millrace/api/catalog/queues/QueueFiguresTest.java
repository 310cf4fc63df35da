package dev.millrace.api.catalog.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.catalog.queues.QueueRows.Recorded;
import dev.millrace.job.EntryId;
import dev.millrace.stream.groups.Backlogs.Backlog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueFiguresTest {

    private static final List<Backlog> LANES = List.of(
            new Backlog(2, 1, Optional.of(new EntryId(9, 0))),
            new Backlog(0, 3, Optional.empty()),
            new Backlog(5, 0, Optional.of(new EntryId(7, 0))));

    @Test
    void addsUpTheLanes() {
        QueueFigures figures = QueueFigures.of(LANES, new Recorded(40, false, 1, 2, 3, 4));

        assertThat(figures.ready()).isEqualTo(7);
        assertThat(figures.running()).isEqualTo(4);
        assertThat(figures.outstanding()).isEqualTo(11);
        assertThat(figures.dueSoon()).isEqualTo(3);
        assertThat(figures.oldest()).hasValue(new EntryId(7, 0));
    }

    @Test
    void countsWhatIsQueuedBeyondTheLanesOnlyWhereJobsAreParked() {
        assertThat(QueueFigures.of(LANES, new Recorded(40, true, 0, 0, 0, 0)).ready())
                .isEqualTo(36);
        assertThat(QueueFigures.of(LANES, new Recorded(3, true, 0, 0, 0, 0)).ready())
                .isEqualTo(7);
    }
}
