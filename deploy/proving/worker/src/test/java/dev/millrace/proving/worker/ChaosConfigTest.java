package dev.millrace.proving.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosConfigTest {

    private static final String JOURNAL = "millrace.worker.tasks.chaos.journal";

    @TempDir
    Path folder;

    @Test
    void hasNoJournalByDefault() {
        assertThatThrownBy(() -> config(Map.of())).hasMessageContaining(JOURNAL);
    }

    @Test
    void mapsEveryKey() {
        Path journal = folder.resolve("journal.jsonl");
        ChaosConfig config = config(Map.of(JOURNAL, journal.toString()));

        assertThat(ChaosSettings.of(config).journal()).isEqualTo(journal);
    }

    @Test
    void refusesAJournalWhoseFolderIsNotThere() {
        ChaosConfig config =
                config(Map.of(JOURNAL, folder.resolve("none/journal.jsonl").toString()));

        assertThatThrownBy(() -> ChaosSettings.of(config))
                .hasMessageContaining("whose folder is not there: make it first");
    }

    private static ChaosConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ChaosConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(ChaosConfig.class);
    }
}
