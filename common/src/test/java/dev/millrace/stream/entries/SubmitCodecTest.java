package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.Reading.Refused;
import dev.millrace.stream.entries.Reading.Understood;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmitCodecTest {

    private static final FireReport FIRE = new FireReport(
            new ScheduleKey("acme", "daily"), 3, Instant.parse("2026-01-01T00:00:00Z"), false, Overlap.SKIP, "{}");

    @Test
    void readsWhatASchedulerReports() {
        assertThat(SubmitCodec.read(fields())).isEqualTo(new Understood<>(new SubmitRequest.Fire(FIRE)));
    }

    @Test
    void refusesAKindThatIsNotKnown() {
        Map<String, String> fields = fields();
        fields.put("kind", "child");

        assertThat(SubmitCodec.read(fields)).isEqualTo(new Refused<>("Unknown kind (known: fire)."));
    }

    private static Map<String, String> fields() {
        List<String> flat = ScheduleCodec.encode(FIRE);
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }
}
