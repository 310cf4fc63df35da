package dev.millrace.worker.outbound.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriReferenceTest {

    /** The examples of RFC 3986, sections 5.4.1 and 5.4.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g:h           | g:h",
                "g             | http://a/b/c/g",
                "./g           | http://a/b/c/g",
                "g/            | http://a/b/c/g/",
                "/g            | http://a/g",
                "//g           | http://g",
                "?y            | http://a/b/c/d;p?y",
                "g?y           | http://a/b/c/g?y",
                "#s            | http://a/b/c/d;p?q#s",
                "g#s           | http://a/b/c/g#s",
                "g?y#s         | http://a/b/c/g?y#s",
                ";x            | http://a/b/c/;x",
                "g;x           | http://a/b/c/g;x",
                "g;x?y#s       | http://a/b/c/g;x?y#s",
                "''            | http://a/b/c/d;p?q",
                ".             | http://a/b/c/",
                "./            | http://a/b/c/",
                "..            | http://a/b/",
                "../           | http://a/b/",
                "../g          | http://a/b/g",
                "../..         | http://a/",
                "../../        | http://a/",
                "../../g       | http://a/g",
                "../../../g    | http://a/g",
                "../../../../g | http://a/g",
                "/./g          | http://a/g",
                "/../g         | http://a/g",
                "g.            | http://a/b/c/g.",
                ".g            | http://a/b/c/.g",
                "g..           | http://a/b/c/g..",
                "..g           | http://a/b/c/..g",
                "./../g        | http://a/b/g",
                "./g/.         | http://a/b/c/g/",
                "g/./h         | http://a/b/c/g/h",
                "g/../h        | http://a/b/c/h",
                "g;x=1/./y     | http://a/b/c/g;x=1/y",
                "g;x=1/../y    | http://a/b/c/y",
                "g?y/./x       | http://a/b/c/g?y/./x",
                "g?y/../x      | http://a/b/c/g?y/../x",
                "g#s/./x       | http://a/b/c/g#s/./x",
                "g#s/../x      | http://a/b/c/g#s/../x",
                "http:g        | http:g"
            })
    void resolvesAsTheRfcHasIt(String reference, String expected) {
        UriReference base = UriReference.parse("http://a/b/c/d;p?q");

        assertThat(base.resolve(UriReference.parse(reference))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a     | g  | http://a/g",
                "http://a     | ?q | http://a?q",
                "http://a     | '' | http://a",
                "http://a?q   | '' | http://a?q",
                "http://a/b//c | d | http://a/b//d",
                "http://a/b   | //h:8/p?q | http://h:8/p?q",
                "http://a/b   | //h | http://h",
                "http://a/b   | ? | http://a/b?",
                "http://a/b   | 1:c | http://a/1:c"
            })
    void resolvesAgainstShortAndOddBases(String base, String reference, String expected) {
        assertThat(UriReference.parse(base).resolve(UriReference.parse(reference)))
                .hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//", "//h?", "?", "#", "?#", "s:", "s://h/p?q#f", "s:p", "/p", "a\nb?c\n#d\n"})
    void isTheTextThatItWasReadFrom(String text) {
        assertThat(UriReference.parse(text)).hasToString(text);
    }

    /** Octets beyond ASCII stand here as Latin-1 has them. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                "/a b -> /a%20b",
                "/a|b -> /a%7Cb",
                "/c\u00c3\u00a9u -> /c%C3%A9u",
                "/c\u00e9u -> /c%E9u",
                "/a%20b -> /a%20b",
                "/100% -> /100%25",
                "/%zz%4 -> /%25zz%254",
                "/<a>^{} -> /%3Ca%3E%5E%7B%7D",
                "/?q=a b&c=\u00c3\u00bc -> /?q=a%20b&c=%C3%BC",
                "/a[0]?b[]=1 -> /a[0]?b[]=1",
                "/a\\b -> /a\\b",
                "//b\u00c3\u00bccher.example/x -> //bücher.example/x"
            })
    void escapesWhatServersWriteIntoFields(String octets, String expected) {
        assertThat(UriReference.ofField(octets)).hasToString(expected);
    }
}
