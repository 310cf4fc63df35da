package dev.millrace.ctl.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private final EventReader reader = new EventReader();

    @Test
    void anEventEndsWithAnEmptyLine() {
        assertThat(read("id: 7-0", "event:state", "data: {\"a\":", "data: 1}", ""))
                .containsExactly(new ServerEvent("7-0", "state", "{\"a\":\n1}"));
    }

    @Test
    void commentsAndWhatHasNoDataAreNoEvents() {
        assertThat(read(":hb", "", "id:8-0", "event:state", "")).isEmpty();
        assertThat(read("data:x", "")).containsExactly(new ServerEvent("8-0", "message", "x"));
    }

    @Test
    void takesTheRetryThatItIsTold() {
        read("retry: 250", "retry: soon");

        assertThat(reader.retry()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void halfAnEventIsForgottenWhenTheStreamBreaksOff() {
        read("id: 1", "event: done", "data: half");
        reader.brokenOff();

        assertThat(read("data: whole", "")).containsExactly(new ServerEvent("1", "message", "whole"));
    }

    private List<ServerEvent> read(String... lines) {
        return List.of(lines).stream()
                .map(reader::take)
                .flatMap(Optional::stream)
                .toList();
    }
}
