package dev.millrace.api.record.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private static final UUID WHOLE = UUID.fromString("0192f3c1-7f3e-7abc-8def-0123456789ab");

    private static List<Word> words(String text) {
        return Search.parse(text).words();
    }

    @Test
    void whatLooksLikeTheBeginningOfAnIdIsOne() {
        assertThat(words("0192F3C1-7"))
                .containsExactly(new Word.Id(
                        UUID.fromString("0192f3c1-7000-0000-0000-000000000000"),
                        UUID.fromString("0192f3c1-7fff-ffff-ffff-ffffffffffff")));
        assertThat(words(WHOLE.toString())).containsExactly(new Word.Id(WHOLE, WHOLE));
        assertThat(words(WHOLE.toString().replace("-", ""))).containsExactly(new Word.Id(WHOLE, WHOLE));
        assertThat(words("0192f3c1-")).hasOnlyElementsOfType(Word.Id.class);
        for (String none : List.of("0192f3c", "0192f3c1-7f3e7", "0192-f3c17", WHOLE + "0", "0192f3c1g", "٠١٩٢٠١٩٢")) {
            assertThat(words(none)).as(none).containsExactly(new Word.Text(none));
        }
    }

    @Test
    void placesAndKeysHaveValues() {
        assertThat(words("/to/0=a@b.c /a~1b/c~0d=x=y customer=acme empty= /=root"))
                .containsExactly(
                        new Word.Payload(List.of("to", "0"), "a@b.c"),
                        new Word.Payload(List.of("a/b", "c~d"), "x=y"),
                        new Word.Metadata("customer", "acme"),
                        new Word.Metadata("empty", ""),
                        new Word.Payload(List.of(""), "root"));
        assertThat(words("=x /tmp/file")).containsExactly(new Word.Text("=x"), new Word.Text("/tmp/file"));
    }

    @Test
    void quotesKeepBlanks() {
        assertThat(words("  \"connection refused\"\tname=\"Ada L\"  vip "))
                .containsExactly(
                        new Word.Text("connection refused"), new Word.Metadata("name", "Ada L"), new Word.Text("vip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\"open", "a b c d e f g h i j k", "a\0b"})
    void nothingTooMuchAndOpenQuotesAreRefused(String text) {
        assertThatThrownBy(() -> Search.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asMuchAsMayBeIsTaken() {
        assertThat(words("x".repeat(Search.MOST_CHARACTERS))).hasSize(1);
        assertThatThrownBy(() -> Search.parse("x".repeat(Search.MOST_CHARACTERS + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsIndexedIsToldApartFromWhatIsFiltered() {
        SearchReach reach = SearchReach.of(Search.parse("0192f3c1 /a=1 k=v broken"), 7);

        assertThat(reach)
                .isEqualTo(new SearchReach(List.of("id"), List.of("error", "metadata", "payload", "tag", "task"), 7));
    }
}
