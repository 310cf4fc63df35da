package dev.millrace.api.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OnlyListTest {

    @Test
    void givesEachElementAsItStands() {
        assertThat(OnlyList.elements(
                        "\t{ \"jobs\" : [ {\"a\":[1]} ,-1.5e3, \"x\\\"]\" ,null,true , [ [] ]] } ", "jobs"))
                .containsExactly("{\"a\":[1]}", "-1.5e3", "\"x\\\"]\"", "null", "true", "[ [] ]");
    }

    @Test
    void findsElementsInTextsThatAreReadPieceByPiece() {
        List<String> elements = List.of(
                "\"" + "é".repeat(50_000) + "\"", "7", "{\"a\":\"" + "x".repeat(90_000) + "\"}", "1234567890", "[2]");

        assertThat(OnlyList.elements("{\"jobs\":[" + String.join(" , ", elements) + "]}", "jobs"))
                .isEqualTo(elements);
    }
}
