package dev.millrace.ctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void showsWhatATerminalObeysAsEscapes() {
        assertThat(Plain.line("a\u001b[2Jb\u0007c\u009b31md\u007f"))
                .isEqualTo("a\\u001b[2Jb\\u0007c\\u009b31md\\u007f");
    }

    @Test
    void showsWhatHidesOrTurnsTextAsEscapes() {
        assertThat(Plain.line("safe\u202Etxt.exe\u200B")).isEqualTo("safe\\u202etxt.exe\\u200b");
        assertThat(Plain.line("\uD800")).isEqualTo("\\ud800");
        assertThat(Plain.line("\uDB40\uDC41")).isEqualTo("\\u{e0041}");
    }

    @Test
    void keepsLettersOfAllWritings() {
        assertThat(Plain.line("Žluťoučký 日本 🎉")).isEqualTo("Žluťoučký 日本 🎉");
    }

    @Test
    void aLineHasNoLineEnds() {
        assertThat(Plain.line("a\nb\r\nc\td\u2028e")).isEqualTo("a\\nb\\r\\nc\\td\\u2028e");
    }

    @Test
    void linesKeepTheirEndsAndNothingElse() {
        assertThat(Plain.lines("a\r\n\tb\rc\u001b")).isEqualTo("a\n    b\\rc\\u001b");
    }

    @Test
    void jsonIsTheSameJsonWithEscapes() {
        assertThat(Plain.json("{\n\"a\":\"x\u009b\u202Ey\uDB40\uDC41\"}"))
                .isEqualTo("{\n\"a\":\"x\\u009b\\u202ey\\udb40\\udc41\"}");
    }

    @Test
    void cutsByColumnsAndNotByCharacters() {
        assertThat(Plain.cut("日本語", 6)).isEqualTo("日本語");
        assertThat(Plain.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(Plain.cut("🎉🎉", 3)).isEqualTo("🎉…");
        assertThat(Plain.cut("abc", 0)).isEmpty();
        assertThat(Plain.width("e\u0301")).isEqualTo(1);
    }
}
