package dev.millrace.api.record.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.house.JavaSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A new column or state of {@code api.job} is a matter of {@code record}, but for those who read it beside a table of their own. */
class JobTableTest {

    private static final String OWNER = "dev.millrace.api.record.job";
    private static final String RECORD = "dev.millrace.api.record.";

    /** Whose statements join it: of a schedule its live jobs, of a fire its job's state, of a dead letter its job, of a workflow its members. */
    private static final Set<String> JOIN_IT =
            Set.of("Overlaps", "FireHistory", "DriftRows", "WorkflowRows", "Requeue", "DeadLetterRows");

    private static final Pattern TABLE = Pattern.compile("\\bapi\\.job\\b");
    private static final Pattern WRITES = Pattern.compile("\\b(insert into|update|delete from) api\\.job\\b");
    private static final List<JavaSource> API = JavaSource.mainOf("api-service");

    @Test
    void onlyItsOwnerWritesIt() {
        assertThat(API.stream().filter(source -> WRITES.matcher(source.code()).find()))
                .isNotEmpty()
                .allMatch(source -> source.packageName().equals(OWNER));
    }

    @Test
    void onlyTheRecordReadsItBesideThoseWhoJoinItToATableOfTheirOwn() {
        Set<String> readers = API.stream()
                .filter(source -> !source.packageName().startsWith(RECORD))
                .filter(source -> TABLE.matcher(source.code()).find())
                .map(JavaSource::name)
                .collect(Collectors.toSet());
        assertThat(readers).isEqualTo(JOIN_IT);
    }
}
