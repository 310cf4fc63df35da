package dev.millrace.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.CannotStart;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTokenTest {

    @Test
    void isTheCallersOwnBeforeThatOfTheInstallation() {
        assertThat(ShownToken.of(Map.of("MILLRACE_TOKEN", "mine", "MILLRACE_ADMIN_TOKEN", "all"))
                        .header())
                .hasValue("Bearer mine");
        assertThat(ShownToken.of(Map.of("MILLRACE_TOKEN", "", "MILLRACE_ADMIN_TOKEN", "all"))
                        .header())
                .hasValue("Bearer all");
        assertThat(ShownToken.of(Map.of()).header()).isEmpty();
        assertThat(ShownToken.none().header()).isEmpty();
    }

    @Test
    void endsNoLineOfAHeaderAndIsNotQuoted() {
        for (String bad : new String[] {"a\r\nX-Evil: 1", "a b", "x".repeat(257)}) {
            assertThatThrownBy(() -> ShownToken.of(Map.of("MILLRACE_TOKEN", bad)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("MILLRACE_TOKEN")
                    .hasMessageNotContaining(bad);
        }
        assertThat(ShownToken.of(Map.of("MILLRACE_TOKEN", "mr_secret")).toString())
                .doesNotContain("secret");
    }

    @Test
    void isNeededWhereAPlatformIsToAskForTokens() {
        assertThatThrownBy(() ->
                        ShownToken.ofOwnPlatform(Map.of("MILLRACE_ACCESS_ENABLED", "true", "MILLRACE_TOKEN", "x")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("MILLRACE_ADMIN_TOKEN");
        assertThat(ShownToken.ofOwnPlatform(Map.of("MILLRACE_ACCESS_ENABLED", "true", "MILLRACE_ADMIN_TOKEN", "x"))
                        .header())
                .hasValue("Bearer x");
        assertThat(ShownToken.ofOwnPlatform(Map.of("MILLRACE_ACCESS_ENABLED", "false"))
                        .header())
                .isEmpty();
    }
}
