package dev.millrace.ctl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.ctl.FakeApi;
import dev.millrace.ctl.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final String EVENTS = "GET /api/v1/events";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeApi api = new FakeApi().lists("GET /api/v1/events");
    private final List<String> told = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void comesBackWithTheIdOfTheLastEvent() {
        api.streams(EVENTS, event("1", "a") + event("2", "b") + "id: 3\nevent: state\ndata: half")
                .streams(EVENTS, event("3", "c"));

        EventStream.End end = follow("c");

        assertThat(end).isEqualTo(EventStream.End.READER);
        assertThat(told).containsExactly("a", "b", "c");
        assertThat(api.calls()).extracting(FakeApi.Got::lastEventId).containsExactly(null, "2");
        assertThat(notes).hasSize(1);
    }

    @Test
    void comesBackWhileTheServerIsNotAvailable() {
        api.streams(EVENTS, event("1", "a"))
                .answers(EVENTS, 503, FakeApi.problem(503, "unavailable", "Not available now"))
                .streams(EVENTS, event("2", "b"));

        follow("b");

        assertThat(told).containsExactly("a", "b");
        assertThat(api.calls()).extracting(FakeApi.Got::lastEventId).containsExactly(null, "1", "1");
    }

    @Test
    void givesUpWhenItsPatienceIsOver() {
        api.answers(EVENTS, 503, FakeApi.problem(503, "unavailable", "Not available now"));

        assertThatThrownBy(() -> follow("never")).isInstanceOf(NotReached.class);
        assertThat(api.calls()).hasSize(6); // every 2 s for 10 s
    }

    @Test
    void endsWhereTheServerHasNothingMoreToTell() {
        api.streams(EVENTS, event("1", "a")).answers(EVENTS, 204, "");

        assertThat(follow("never")).isEqualTo(EventStream.End.SERVER);
    }

    @Test
    void aRefusalIsNotRepeated() {
        api.answers(EVENTS, 401, FakeApi.problem(401, "unauthenticated", "It is not known who asks"));

        assertThatThrownBy(() -> follow("never")).isInstanceOf(Refused.class);
        assertThat(api.calls()).hasSize(1);
    }

    private EventStream.End follow(String last) {
        Server server = new Server(api.url(), Optional.empty());
        return new EventStream(server, Ran.standing(), PATIENCE, notes::add)
                .follow(Call.get("/events"), Optional.empty(), event -> {
                    told.add(event.data());
                    return !event.data().equals(last);
                });
    }

    private static String event(String id, String data) {
        return "id: %s\nevent: state\ndata: %s\n\n".formatted(id, data);
    }
}
