package dev.millrace.api.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"a\":1,\"b\":2}`,`{ \"b\" : 2, \"a\" : 1 }`",
                "`[1.0]`,`[1]`",
                "`1e2`,`100`",
                "`0.0`,`-0`",
                "`\"\\u0041\"`,`\"A\"`"
            })
    void isEqualForTheSameMeaning(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`[1,2]`,`[2,1]`",
                "`[\"1\"]`,`[1]`",
                "`[[1],2]`,`[[1,2]]`",
                "`{\"a\":null}`,`{}`",
                "`\"true\"`,`true`",
                "`{\"a\":\"b,c\"}`,`{\"a\":\"b\",\"c\":1}`"
            })
    void differsForAnotherMeaning(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    private static byte[] hash(String text) {
        return CanonicalJson.hash(StrictJson.read(text));
    }
}
