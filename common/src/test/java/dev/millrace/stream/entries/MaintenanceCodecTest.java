package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.stream.entries.Reading.Refused;
import dev.millrace.stream.entries.Reading.Understood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MaintenanceCodecTest {

    private static final JobId JOB = new JobId(new UUID(1, 2));

    @Test
    void readsWhatItWrote() {
        assertThat(MaintenanceCodec.decode(fields())).isEqualTo(new Understood<>(JOB));
    }

    @Test
    void passesOverWhatALaterVersionSaysBesides() {
        Map<String, String> more = fields();
        more.put("olderThan", "P1D");

        assertThat(MaintenanceCodec.decode(more)).isEqualTo(new Understood<>(JOB));
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhy() {
        Map<String, String> other = fields();
        other.put("kind", "vacuum");
        Map<String, String> anonymous = fields();
        anonymous.put("job", "x");

        assertThat(MaintenanceCodec.decode(other))
                .isEqualTo(new Refused<>("Unknown kind of request (known: retention)."));
        assertThat(MaintenanceCodec.decode(anonymous)).isEqualTo(new Refused<>("Field 'job' cannot be read."));
        assertThat(MaintenanceCodec.decode(Map.of())).isEqualTo(new Refused<>("Field 'kind' is missing."));
    }

    private static Map<String, String> fields() {
        List<String> flat = MaintenanceCodec.retention(JOB);
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }
}
