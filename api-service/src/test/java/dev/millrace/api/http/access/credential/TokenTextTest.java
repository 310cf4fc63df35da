package dev.millrace.api.http.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    private static final RandomGenerator CHANCE = new Random(7);

    @Test
    void isReadAsItWasMade() {
        List<TokenText> made =
                Stream.generate(() -> TokenText.next(CHANCE)).limit(1_000).toList();

        assertThat(made).doesNotHaveDuplicates().allSatisfy(token -> {
            assertThat(token.value()).matches("mr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
            assertThat(TokenText.read(token.value())).contains(token);
            assertThat(TokenText.isId(token.id())).isTrue();
        });
    }

    @Test
    void ofASessionIsOfAnotherForm() {
        TokenText session = TokenText.nextOfSession(CHANCE);

        assertThat(session.value()).matches("ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}");
        assertThat(TokenText.read(session.value())).contains(session);
        assertThat(session.session()).isTrue();
        assertThat(TokenText.isId(session.id())).isFalse();
        assertThat(TokenText.next(CHANCE).session()).isFalse();
    }

    @Test
    void isFoundInOtherText() {
        assertThat(TokenText.isIn("/x?y=" + TokenText.next(CHANCE).value() + "&z"))
                .isTrue();
        assertThat(TokenText.isIn(TokenText.nextOfSession(CHANCE).value())).isTrue();
        assertThat(TokenText.isIn("mr_12345678_ms_123456789012_")).isFalse();
    }

    @Test
    void holdsAllBitsOfItsSecret() {
        assertThat(TokenText.next(filledWith(0)).value()).endsWith("_" + "0".repeat(43));
        // 2^256 - 1 in base 62.
        assertThat(TokenText.next(filledWith(-1)).value()).hasSize(55).doesNotEndWith("_" + "0".repeat(43));
        assertThat(TokenText.next(filledWith(1)).value())
                .isNotEqualTo(TokenText.next(filledWith(2)).value());
    }

    @Test
    void doesNotTellItsSecret() {
        TokenText token = TokenText.next(CHANCE);

        assertThat(token.toString()).isEqualTo("token " + token.id());
        assertThat(TokenHash.of(token.value()).toString()).isEqualTo("TokenHash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mr_",
                "mr_12345678_",
                "mr_12345678_0000000000000000000000000000000000000000000 ",
                "mr_1234567_00000000000000000000000000000000000000000000",
                "xx_12345678_0000000000000000000000000000000000000000000",
                "mr_1234567\u00e4_0000000000000000000000000000000000000000000",
                "mr_12345678_00000000000000000000000000000000000000000\n"
            })
    void isNoOtherText(String text) {
        assertThat(TokenText.read(text)).isEmpty();
    }

    private static RandomGenerator filledWith(int value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) value);
            }
        };
    }
}
