package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=0|0",
                "wait=10|10",
                "respond-async, Wait = 7|7",
                "wait=61|60",
                "wait=99999999999999|60",
                "wait=\"5\"; x=y|5"
            })
    void isReadInSeconds(String header, long seconds) {
        assertThat(Preference.ofWait(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "wait=1.5", "wait=PT1S", "await=3"})
    void isNoneIfItCannotBeRead(String header) {
        assertThat(Preference.ofWait(List.of(header))).isEmpty();
    }

    @Test
    void isTheFirstOfSeveralHeaders() {
        assertThat(Preference.ofWait(List.of("handling=lenient", "wait=3", "wait=4")))
                .contains(Duration.ofSeconds(3));
    }
}
