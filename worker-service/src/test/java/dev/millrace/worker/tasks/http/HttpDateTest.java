package dev.millrace.worker.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z",
                "Wed Nov 16 08:49:37 1994         | 1994-11-16T08:49:37Z",
                "Sun, 6 Nov 1994 08:49:37 GMT     | 1994-11-06T08:49:37Z",
                "Mon, 06 Nov 1994 08:49:37 UTC    | 1994-11-06T08:49:37Z",
                "sun, 06 nov 1994 08:49:37 gmt    | 1994-11-06T08:49:37Z",
                "Sun, 06-Nov-1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
                "Sat, 31 Dec 2016 23:59:60 GMT    | 2017-01-01T00:00:00Z",
                "Monday, 01-Mar-27 12:00:00 GMT   | 2027-03-01T12:00:00Z",
                "Sunday, 01-Mar-76 12:00:00 GMT   | 2076-03-01T12:00:00Z",
                "Tuesday, 01-Mar-77 12:00:00 GMT  | 1977-03-01T12:00:00Z",
                "Sun, 31 Feb 2022 08:49:37 GMT    |",
                "Sun, 06 Nov 1994 24:00:00 GMT    |",
                "Sun, 06 Nov 1994 08:49:61 GMT    |",
                "Sun, 06 Xyz 1994 08:49:37 GMT    |",
                "Sun, 06 Nov 1994 08:49:37 PST    |",
                "Sun, 06 Nov 1994 08:49:37        |",
                "2026-03-01T12:00:00Z             |",
                "soon                             |"
            })
    void readsTheThreeFormsOfTheRfc(String text, Instant expected) {
        assertThat(HttpDate.parse(text, NOW).orElse(null)).isEqualTo(expected);
    }
}
