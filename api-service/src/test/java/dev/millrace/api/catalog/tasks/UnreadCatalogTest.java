package dev.millrace.api.catalog.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.postgres.Db;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UnreadCatalogTest {

    private final TaskCatalog catalog = new TaskCatalog(new Db(RealServers.get().pool(), System::nanoTime));

    /** Otherwise every task would be unknown for a moment after the start, and good jobs would be refused for good. */
    @Test
    void isNotAskedAndTheClientMayComeBack() {
        assertThatThrownBy(catalog::requireLoaded).isInstanceOfSatisfying(ProblemException.class, this::isUnavailable);
        assertThatThrownBy(() -> new TasksResource(catalog).page(1, null))
                .isInstanceOfSatisfying(ProblemException.class, this::isUnavailable);
    }

    @Test
    void isAskedOnceItWasRead() {
        catalog.refresh();

        catalog.requireLoaded();
        assertThat(new TasksResource(catalog).page(1, null).items()).hasSizeLessThanOrEqualTo(1);
    }

    private void isUnavailable(ProblemException refusal) {
        assertThat(refusal.problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
    }
}
