package dev.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogEscapingTest {

    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "Größe 5 µs, 水车, \uD83D\uDE00: a \\ and \"quotes\"";

        assertThat(LogEscaping.of(text)).isSameAs(text);
    }

    @Test
    void writesWhatCouldForgeALineOrMoveACursorAsEscapes() {
        assertThat(LogEscaping.of("a\r\nINFO forged")).isEqualTo("a\\r\\nINFO forged");
        assertThat(LogEscaping.of("\u001b[2Jgone\t.")).isEqualTo("\\u001b[2Jgone\\t.");
        assertThat(LogEscaping.of("\u2028\u2029\u0085\u009b\0\u007f"))
                .isEqualTo("\\u2028\\u2029\\u0085\\u009b\\u0000\\u007f");
        assertThat(LogEscaping.of("user\u202eexe.txt")).isEqualTo("user\\u202eexe.txt");
        assertThat(LogEscaping.of("half \ud83d of one")).isEqualTo("half \\ud83d of one");
    }

    @Test
    void cutsAfterEightKibibytesWhateverTheCharacters() {
        for (String character : List.of("x", "ß", "水", "\uD83D\uDE00", "\n")) {
            String cut = LogEscaping.of(character.repeat(20_000));

            assertThat(cut).endsWith("… (cut)");
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(8 * 1024 - 16, 8 * 1024);
        }
    }

    @Test
    void cutsNothingThatFits() {
        String text = "x".repeat(8 * 1024);

        assertThat(LogEscaping.of(text)).isEqualTo(text);
        assertThat(LogEscaping.of(text + "y")).endsWith("… (cut)");
    }
}
