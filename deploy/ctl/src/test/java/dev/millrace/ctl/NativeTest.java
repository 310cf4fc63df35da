package dev.millrace.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a native executable has to be told. */
class NativeTest {

    private static final String REGISTERED =
            "/META-INF/native-image/picocli-generated/dev.millrace/millrace-ctl/reflect-config.json";

    @Test
    void everyCommandIsRegisteredForReflection() throws Exception {
        Set<String> registered = new HashSet<>();
        try (InputStream in = NativeTest.class.getResourceAsStream(REGISTERED)) {
            assertThat(in).as("what the annotation processor writes").isNotNull();
            JsonNode all = new ObjectMapper().readTree(in);
            all.forEach(one -> registered.add(one.path("name").asText()));
        }

        assertThat(registered).containsAll(commands(new Verbs().reader(new Root()), new HashSet<>()));
    }

    @Test
    void everyVerbHasOneName() {
        new Verbs()
                .reader(new Root())
                .getSubcommands()
                .forEach((word, line) -> assertThat(line.getCommandName()).isEqualTo(word));
    }

    private static Set<String> commands(CommandLine line, Set<String> found) {
        found.add(line.getCommandSpec().userObject().getClass().getName());
        line.getSubcommands().values().forEach(sub -> commands(sub, found));
        line.getMixins().values().forEach(mixin -> found.add(mixin.getClass().getName()));
        return found;
    }
}
