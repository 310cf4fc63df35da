package dev.millrace.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void areTakenOutWhereverTheyOccur() {
        assertThat(Secrets.of(List.of("hunter2")).maskedIn("hunter2: no, 'hunter2'!"))
                .isEqualTo("***: no, '***'!");
    }

    @Test
    void areKnownAsJsonAndUrlsHaveThem() {
        Secrets secrets = Secrets.of(List.of("a \"b\"\n&c"));

        assertThat(secrets.maskedIn("{\"x\":\"a \\\"b\\\"\\n&c\"}")).isEqualTo("{\"x\":\"***\"}");
        assertThat(secrets.maskedIn("?x=a+%22b%22%0A%26c")).isEqualTo("?x=***");
        assertThat(secrets.maskedIn("/a%20%22b%22%0A%26c/")).isEqualTo("/***/");
    }

    @Test
    void leaveNothingOfTheLongerOfTwo() {
        assertThat(Secrets.of(List.of("pass", "password")).maskedIn("password pass"))
                .isEqualTo("*** ***");
    }

    @Test
    void areNotLookedForWhenTheyAreTooShortToTell() {
        assertThat(Secrets.of(List.of("123")).isEmpty()).isTrue();
        assertThat(Secrets.of(List.of("   ")).maskedIn("a   b")).isEqualTo("a   b");
    }

    @Test
    void keepAllOfATextBackWhereTheyAreTooMany() {
        Secrets many = Secrets.of(IntStream.rangeClosed(0, Secrets.MOST)
                .mapToObj("secret-%d"::formatted)
                .toList());

        assertThat(many.isEmpty()).isFalse();
        assertThat(many.maskedIn("anything")).isEqualTo("***");
    }

    @Test
    void leaveATextWithoutThemAlone() {
        String text = "nothing here";

        assertThat(Secrets.of(List.of("hunter2")).maskedIn(text)).isSameAs(text);
        assertThat(Secrets.NONE.maskedIn(text)).isSameAs(text);
    }
}
