package dev.millrace.api.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2.50,true,null,\"x\"]}",
                "7",
                "\"\uD83D\uDE00\"",
                "1E+2",
                "12345678901234567890123",
                "{}"
            })
    void keepsValuesExactly(String text) {
        assertThat(StrictJson.read(text.getBytes(UTF_8))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1} x",
                "{'a':1}",
                "01",
                "NaN",
                "// c\n1",
                "\"\t\"",
                "[1 2]",
                "{\"a\"}",
                "tru"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(refusal(text).type()).isEqualTo(ProblemType.NOT_JSON);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = {'"', (byte) 0xE4, '"'};

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> StrictJson.read(latin));

        assertThat(refusal.problem().type()).isEqualTo(ProblemType.NOT_JSON);
    }

    @Test
    void pointsAtAFieldThatAppearsTwice() {
        Problem problem = refusal("{\"a\":[{\"b\":1,\"b\":2}]}");

        assertThat(problem.type()).isEqualTo(ProblemType.DUPLICATE_FIELD);
        assertThat(problem.errors().getFirst().pointer()).isEqualTo("/a/0/b");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"a\":\"\\u0000\"}`,/a",
                "`[\"\\ud800\"]`,/0",
                "`[\"\\udc00x\"]`,/0",
                "`{\"a\":{\"b\":1e401}}`,/a/b",
                "`[1,1e-99999999999]`,/1"
            })
    void pointsAtValuesThatCannotBeKept(String text, String pointer) {
        Problem problem = refusal(text);

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
        assertThat(problem.errors().getFirst().pointer()).isEqualTo(pointer);
    }

    @Test
    void takesNumbersOfAHundredDigitsAndNoMore() {
        assertThat(StrictJson.read("9".repeat(100))).hasToString("9".repeat(100));
        assertThat(refusal("9".repeat(101)).type()).isEqualTo(ProblemType.INVALID);
        assertThat(refusal("9".repeat(500_000)).type()).isEqualTo(ProblemType.INVALID);
    }

    @Test
    void takesSixtyFourLevelsAndNoMore() {
        assertThat(StrictJson.read("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
        assertThat(refusal("[".repeat(65) + "]".repeat(65)).type()).isEqualTo(ProblemType.INVALID);
        assertThat(refusal("[".repeat(500_000)).type()).isEqualTo(ProblemType.INVALID);
    }

    @Test
    void neverRepeatsWhatWasSent() {
        assertThat(refusal("{\"a\": <script>}").toJson("/x", "t").toString()).doesNotContain("script");
    }

    private static Problem refusal(String text) {
        return catchThrowableOfType(ProblemException.class, () -> StrictJson.read(text.getBytes(UTF_8)))
                .problem();
    }
}
