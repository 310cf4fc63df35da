package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Jobs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void namesAreOfOneAlphabet() {
        for (String good : List.of("a", "email.send", "A_b-c:9", "x".repeat(128))) {
            assertThatCode(() -> new TaskName(good)).doesNotThrowAnyException();
            assertThat(new QueueName(good)).hasToString(good);
        }
        for (String bad : List.of("", "a b", "ä", "a/b", "x".repeat(129), "a\n")) {
            assertThatThrownBy(() -> new TaskName(bad)).hasMessageContaining("task's name");
            assertThatThrownBy(() -> new QueueName(bad)).hasMessageContaining("queue's name");
        }
    }

    @Test
    void prioritiesFallIntoFourBands() {
        Map<Integer, Band> bands = new TreeMap<>();
        IntStream.rangeClosed(1, 10).forEach(priority -> bands.put(priority, Band.ofPriority(priority)));
        assertThat(bands.values())
                .containsExactly(
                        Band.LOW,
                        Band.LOW,
                        Band.LOW,
                        Band.NORMAL,
                        Band.NORMAL,
                        Band.NORMAL,
                        Band.HIGH,
                        Band.HIGH,
                        Band.HIGH,
                        Band.CRITICAL);
        assertThatThrownBy(() -> Band.ofPriority(0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> Band.ofPriority(11)).hasMessageContaining("not 11");
    }

    @Test
    void bandsAreFoundByTheirLabels() {
        for (Band band : Band.values()) {
            assertThat(Band.ofLabel(band.label())).isEqualTo(band);
        }
        assertThatThrownBy(() -> Band.ofLabel("urgent")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jobsRefuseWhatNoEntryCouldHold() {
        Job job = Jobs.job(1);
        assertThatThrownBy(() -> job.withRun(0)).hasMessageContaining("not 0, 1, 0");
        Map<String, String> many = new TreeMap<>();
        IntStream.rangeClosed(0, JobSpec.MAX_HEADERS).forEach(i -> many.put("h" + i, ""));
        assertThatThrownBy(() -> Jobs.withHeaders(job, many)).hasMessageContaining("at most 256 headers");
    }
}
