package dev.millrace.proving.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code ./millrace simulate} names: a filter that matches no test would be passed over, as if no rule was broken. */
class SimulateCommandTest {

    private static final Pattern FILTER = Pattern.compile("-Dtest='SimulationTest#([^']+)'");

    @Test
    void namesATestThatThereIs() throws IOException {
        String script = Files.readString(Path.of("../../millrace"));
        String filter = FILTER.matcher(script)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.stream(SimulationTest.class.getDeclaredMethods()).map(Method::getName))
                .anyMatch(Pattern.compile(filter.replace("*", ".*")).asMatchPredicate());
    }
}
