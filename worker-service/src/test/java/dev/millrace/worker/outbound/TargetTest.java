package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private static final String START = "http://a.example/";

    @Test
    void admitsUrlsOf4096Characters() throws OutboundRefused {
        assertThat(Target.parse(START + "x".repeat(4096 - START.length())).url())
                .hasSize(4096);
        assertThatThrownBy(() -> Target.parse(START + "x".repeat(4097 - START.length())))
                .isInstanceOf(OutboundRefused.class)
                .hasMessage("The URL has 4097 characters, more than 4096.");
    }

    @Test
    void countsEscapesAsTheyAreSent() throws OutboundRefused {
        assertThat(Target.parse(START + "ü".repeat(682)).path()).hasSize(1 + 682 * 6);
        assertThatThrownBy(() -> Target.parse(START + "ü".repeat(683)))
                .isInstanceOf(OutboundRefused.class)
                .hasMessage("The URL has 4099 characters, more than 4096.");
    }

    @Test
    void admitsNamesOf253Characters() throws OutboundRefused {
        String name = "a.".repeat(126) + "b";

        assertThat(Target.parse("http://" + name + "/").host()).isEqualTo(name);
        assertThatThrownBy(() -> Target.parse("http://" + name + "b/"))
                .hasMessage("The URL's host is not a valid name.");
        assertThatThrownBy(() -> Target.parse("http://" + "a.".repeat(2_000) + "b/"))
                .hasMessage("The URL's host is not a valid name.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "http://a.example -> /",
                "http://a.example?q -> /?q",
                "http://a.example/a%20b?x[]=1#f -> /a%20b?x[]=1",
                "http://a.example/ü?ü -> /%C3%BC?%C3%BC",
                "http://a.example/e\u0301 -> /e%CC%81",
                "http://a.example/a/../b -> /a/../b"
            })
    void sendsThePathAsItIsWrittenButForEscapes(String url, String path) throws OutboundRefused {
        assertThat(Target.parse(url).path()).isEqualTo(path);
    }
}
