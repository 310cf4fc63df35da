package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./millrace up} starts, where it asks its callers for tokens. */
class AccessIT {

    private static final String ADMIN_TOKEN = "of-tests-0123456789-abcdefghijklmn";
    private static final Map<String, String> ON =
            Map.of("MILLRACE_ACCESS_ENABLED", "true", "MILLRACE_ADMIN_TOKEN", ADMIN_TOKEN);

    @TempDir
    Path home;

    @Test
    void saysHowToGetATokenAndWhatItPrintsWorksAsItIsPrinted() throws Exception {
        try (Platform platform = Platform.up(home, ON)) {
            String printed = String.join("\n", platform.output());

            assertThat(platform.api().get("/jobs").status()).isEqualTo(401);
            assertThat(printed).doesNotContain(ADMIN_TOKEN);
            String commands = String.join(
                    "\n", lines(printed, "export MILLRACE_TOKEN=.*", "curl -sS .*/jobs' .*", "curl -sS .*result.*"));
            assertThat(commands.lines()).hasSize(3);
            String result = shell(commands);

            assertThat(result).contains("\"rows\":100000").doesNotContain("unauthenticated");
            JsonNode tokens = platform.api()
                    .get("/tokens", "Authorization", "Bearer " + ADMIN_TOKEN)
                    .body();
            assertThat(tokens.at("/items/0/name").asText()).isEqualTo("me");
            assertThat(tokens.at("/items/0/role").asText()).isEqualTo("operator");
        }
    }

    @Test
    void refusesToStartWhereNobodyCouldGiveTokens() {
        try (Platform platform =
                Platform.up(home, Map.of("MILLRACE_ACCESS_ENABLED", "true", "MILLRACE_ADMIN_TOKEN", ""))) {
            throw new AssertionError("It started: " + platform.tail());
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageContaining("MILLRACE_ADMIN_TOKEN").hasMessageContaining("openssl rand");
        }
    }

    private static List<String> lines(String text, String... forms) {
        return List.of(forms).stream()
                .map(form -> Pattern.compile("(?m)^" + form + "$").matcher(text))
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    private String shell(String commands) throws Exception {
        Path out = home.resolve("shell.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", commands).redirectErrorStream(true);
        builder.redirectOutput(out.toFile());
        builder.environment().putAll(ON);
        Process process = builder.start();
        assertThat(process.waitFor(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        return java.nio.file.Files.readString(out, StandardCharsets.UTF_8);
    }
}
