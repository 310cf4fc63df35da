package dev.millrace.ctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final int WIDE = 1_000;

    private final Table table = new Table(Column.whole("ID"), Column.text("MESSAGE"), Column.number("N"));

    @Test
    void alignsTextAtTheLeftAndNumbersAtTheRight() {
        table.row("a", "short", "1");
        table.row("bcd", "x", "200");

        assertThat(table.lines(WIDE)).containsExactly("ID   MESSAGE    N", "a    short      1", "bcd  x        200");
    }

    @Test
    void cutsWhatMayBeCutAndNothingElse() {
        table.row("0192f3c1-7f3e", "the server did not answer in time", "12");

        assertThat(table.lines(30)).containsExactly("ID             MESSAGE       N", "0192f3c1-7f3e  the server…  12");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        table.row("0192f3c1-7f3e-7abc-8def-0123456789ab", "日本語日本語日本語", "12");

        assertThat(table.lines(20)).allMatch(line -> Plain.width(line) <= 20);
    }

    @Test
    void cellsCannotLeaveTheirLine() {
        table.row("a", "one\ntwo\u001b[A", "1");

        assertThat(table.lines(WIDE)).hasSize(2).last().asString().contains("one\\ntwo\\u001b[A");
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
