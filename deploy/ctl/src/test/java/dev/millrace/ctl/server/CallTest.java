package dev.millrace.ctl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    @Test
    void argumentsCannotLeaveTheirSegment() {
        assertThat(Call.get("/queues/{}/backlog", "a/../b?c#d e%+ž").path())
                .isEqualTo("/api/v1/queues/a%2F..%2Fb%3Fc%23d%20e%25%2B%C5%BE/backlog");
        assertThat(Call.get("/queues/{}", "mail:eu").path()).isEqualTo("/api/v1/queues/mail:eu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void anArgumentThatLeadsElsewhereIsRefused(String argument) {
        assertThatThrownBy(() -> Call.delete("/jobs/{}", argument)).isInstanceOf(Unusable.class);
    }

    @Test
    void aParameterIsSentOnceAndNoneThatIsMissing() {
        Call call = Call.get("/jobs")
                .query("state", null)
                .query("limit", 50)
                .query("tag", "a&b")
                .query("limit", 7);

        assertThat(call.path()).isEqualTo("/api/v1/jobs?tag=a%26b&limit=7");
    }
}
