package dev.millrace.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchConfigTest {

    private static final String OUT = "millrace.worker.tasks.bench.out";

    @TempDir
    Path folder;

    @Test
    void hasNoFolderByDefault() {
        assertThatThrownBy(() -> config(Map.of())).hasMessageContaining(OUT);
    }

    @Test
    void mapsEveryKey() {
        BenchConfig config = config(Map.of(OUT, folder.toString()));

        assertThat(BenchSettings.of(config).out()).isEqualTo(folder);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        BenchConfig config = config(Map.of(OUT, folder.resolve("none").toString()));

        assertThatThrownBy(() -> BenchSettings.of(config)).hasMessageContaining("where no folder is: make it first");
    }

    private static BenchConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(BenchConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(BenchConfig.class);
    }
}
