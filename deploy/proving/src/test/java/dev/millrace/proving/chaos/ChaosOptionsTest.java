package dev.millrace.proving.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.run.Form;
import dev.millrace.proving.chaos.scenario.Scenario;
import dev.millrace.proving.chaos.scenario.Scenarios;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {

    @Test
    void playsEverythingInFullUnlessAskedOtherwise() {
        ChaosOptions options = ChaosOptions.parse(List.of());

        assertThat(options.scenarios()).hasSameSizeAs(Scenarios.all());
        assertThat(options.size().chosen()).isEmpty();
        assertThat(options.size().small()).isFalse();
        assertThat(options.form()).isEqualTo(Form.JVM);
        assertThat(options.list()).isFalse();
    }

    @Test
    void readsScenariosInTheirOrderAndEveryOption() {
        ChaosOptions options = ChaosOptions.parse(
                List.of("--small", "redis-emptied", "--native", "--jobs", "500", "workers-killed", "--list"));

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("redis-emptied", "workers-killed");
        assertThat(options.size().chosen()).isEqualTo(OptionalInt.of(500));
        assertThat(options.size().small()).isTrue();
        assertThat(options.form()).isEqualTo(Form.NATIVE);
        assertThat(options.list()).isTrue();
    }

    @Test
    void saysInASentenceWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("--fast"))).hasMessageContaining("no option '--fast'");
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("redis-eaten")))
                .hasMessageContaining("no scenario 'redis-eaten' (there are workers-killed, ");
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("--jobs", "0"))).hasMessageContaining("not '0'");
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("--jobs"))).hasMessageContaining("--jobs lacks its value");
    }

    @Test
    void everyScenarioHasANameOfItsOwnAndAStory() {
        assertThat(Scenarios.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z-]+"));
        assertThat(Scenarios.all()).extracting(Scenario::story).allMatch(story -> story.length() < 140);
    }
}
