package dev.millrace.ctl.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.ctl.server.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    private static final String TWO = """
            {"default": {"url": "https://one.example", "token": "mr_one"}, "prod": {"url": "https://prod.example/x/"}}""";

    @TempDir
    Path home;

    @Test
    void withoutAnythingItIsThisMachine() {
        assertThat(choose(Map.of(), null, null)).isEqualTo(new Target("http://127.0.0.1:8080", Optional.empty()));
    }

    @Test
    void theEnvironmentGoesBeforeTheDefaultProfile() throws IOException {
        profiles(TWO, "rw-------");

        assertThat(choose(Map.of("MILLRACE_URL", "http://localhost:1", "MILLRACE_TOKEN", "mr_env"), null, null))
                .isEqualTo(new Target("http://localhost:1", Optional.of("mr_env")));
    }

    @Test
    void theTokenOfAProfileGoesNowhereElse() throws IOException {
        profiles(TWO, "rw-------");

        assertThat(choose(Map.of(), null, null).token()).contains("mr_one");
        assertThat(choose(Map.of(), "https://other.example", null).token()).isEmpty();
        assertThat(choose(Map.of("MILLRACE_URL", "https://other.example"), null, null)
                        .token())
                .isEmpty();
    }

    @Test
    void aProfileThatIsAskedForCountsAlone() throws IOException {
        profiles(TWO, "rw-------");

        Map<String, String> environment = Map.of("MILLRACE_URL", "http://localhost:1", "MILLRACE_TOKEN", "mr_env");
        assertThat(choose(environment, null, "prod")).isEqualTo(new Target("https://prod.example/x", Optional.empty()));
        assertThat(choose(Map.of("MILLRACE_PROFILE", "prod"), null, null).url()).isEqualTo("https://prod.example/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x"})
    void aFileThatOthersMayReadOrWriteIsRefused(String mode) throws IOException {
        profiles(TWO, mode);

        assertThatThrownBy(() -> choose(Map.of(), null, null))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"default\": {}}", "{\"default\": {\"url\": \"https://a\", \"tokne\": \"x\"}}"})
    void aFileThatCannotBeUnderstoodIsRefused(String text) throws IOException {
        profiles(text, "rw-------");

        assertThatThrownBy(() -> choose(Map.of(), null, null))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("profiles.json");
    }

    @Test
    void aProfileThatIsNotThereIsNamed() throws IOException {
        profiles(TWO, "rw-------");

        assertThatThrownBy(() -> choose(Map.of(), null, "stage")).hasMessageContaining("There is no profile 'stage'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a",
                "127.0.0.1:8080",
                "http://",
                "http://a/?x=1",
                "http://a/#x",
                "http://u:p@a",
                "http://a b"
            })
    void anUrlThatCannotBeUsedIsRefusedWithoutBeingRepeated(String url) {
        assertThatThrownBy(() -> choose(Map.of("MILLRACE_URL", url), null, null))
                .isInstanceOf(Unusable.class)
                .message()
                .doesNotContain("u:p");
    }

    @Test
    void aTokenThatCannotBeOneIsNotRepeated() {
        assertThatThrownBy(() -> choose(Map.of("MILLRACE_TOKEN", "mr_1\r\nX-Evil: 1"), null, null))
                .isInstanceOf(Unusable.class)
                .message()
                .doesNotContain("Evil");
    }

    @Test
    void aTokenIsOverheardOnHttpToOtherMachinesOnly() {
        assertThat(Target.of("http://api.example", Optional.of("t")).isOverheard())
                .isTrue();
        assertThat(Target.of("http://api.example", Optional.empty()).isOverheard())
                .isFalse();
        assertThat(Target.of("https://api.example", Optional.of("t")).isOverheard())
                .isFalse();
        assertThat(Target.of("http://[::1]:8080", Optional.of("t")).isOverheard())
                .isFalse();
    }

    @Test
    void aTargetDoesNotPrintItsToken() {
        assertThat(Target.of("https://a.example", Optional.of("mr_secret")))
                .asString()
                .doesNotContain("secret");
    }

    private Target choose(Map<String, String> environment, @Nullable String url, @Nullable String profile) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", home.toString());
        return new Targets(all).choose(Optional.ofNullable(url), Optional.ofNullable(profile));
    }

    private void profiles(String text, String mode) throws IOException {
        Path file = Targets.file(Map.of("HOME", home.toString()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
