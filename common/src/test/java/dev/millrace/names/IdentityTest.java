package dev.millrace.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IdentityTest {

    @Test
    void isTheHostAndSomethingThatNoOtherProcessOfItHas() {
        RandomGenerator chance = new Random(1);
        Identity one = Identity.of("worker", chance);
        Identity other = Identity.of("worker", chance);

        assertThat(one.host()).isEqualTo(other.host()).isNotEmpty();
        assertThat(one.name()).matches(Pattern.quote(one.host()) + "-[0-9a-f]{8}");
        assertThat(one.name()).isNotEqualTo(other.name());
    }

    @Test
    void isAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Identity("here", "a b"))
                .withMessage(
                        "A process's name has 1 to 128 characters of A-Z a-z 0-9 . _ : -, which this one has not.");
    }
}
