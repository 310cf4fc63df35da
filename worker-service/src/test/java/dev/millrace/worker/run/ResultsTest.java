package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void letsPassWhatEveryStoreTakes() {
        assertThat(Results.defect("{\"a\":[1,\"\uD83D\uDE00 \\n\"]}")).isNull();
        assertThat(Results.defect("\"" + "x".repeat(Results.MAX_BYTES - 2) + "\""))
                .isNull();
    }

    @Test
    void tellsAnEscapedNulFromAnEscapedBackslash() {
        assertThat(Results.defect("\"a\\u0000\"")).contains("U+0000");
        assertThat(Results.defect("\"a\\\\\\u0000\"")).contains("U+0000");
        assertThat(Results.defect("\"a\\\\u0000\"")).isNull();
    }

    @Test
    void refusesWhatIsTooLongOrNoText() {
        assertThat(Results.defect("\"" + "x".repeat(Results.MAX_BYTES) + "\"")).contains("262,144");
        assertThat(Results.defect("\"\uD800\"")).contains("surrogate");
    }
}
