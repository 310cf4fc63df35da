package dev.millrace.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelledTest {

    enum Colour implements Labelled {
        RED,
        SKY_BLUE,
        GREEN
    }

    enum Side implements Labelled {
        LEFT,
        RIGHT
    }

    @ParameterizedTest
    @EnumSource
    void findsEachByItsLabel(Colour colour) {
        assertThat(Labelled.of(Colour.values(), "colour", colour.label())).isEqualTo(colour);
    }

    @Test
    void spellsAConstantInLowerCaseWithHyphens() {
        assertThat(Colour.SKY_BLUE.label()).isEqualTo("sky-blue");
    }

    @Test
    void saysWhichThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labelled.of(Colour.values(), "colour", "RED"))
                .withMessage("The colour must be red, sky-blue or green, not 'RED'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labelled.of(Side.values(), "side", ""))
                .withMessage("The side must be left or right, not ''.");
    }
}
