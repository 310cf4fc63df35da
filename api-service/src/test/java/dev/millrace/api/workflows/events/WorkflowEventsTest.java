package dev.millrace.api.workflows.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class WorkflowEventsTest {

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.workflow");
    }

    /** An event as a client reads it. */
    private record Event(String id, String name, JsonNode data) {

        static List<Event> of(String body) throws Exception {
            List<Event> events = new ArrayList<>();
            for (String block : body.split("\n\n", -1)) {
                String id = field(block, "id");
                if (!id.isEmpty()) {
                    events.add(new Event(
                            id,
                            field(block, "event"),
                            new ObjectMapper().readTree(field(block, "data")).get("data")));
                }
            }
            return events;
        }

        private static String field(String block, String name) {
            return block.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void W18_tellsWhatChangesOnceAndInOrderAndToAClientThatComesBackWhatItMissed() throws Exception {
        String id = client.post(
                        "/api/v1/workflows",
                        "{\"root\":{\"chain\":[{\"name\":\"s\",\"signal\":\"go\"},{\"name\":\"w\",\"wait\":{\"for\":\"PT0.2S\"}}]}}")
                .json()
                .get("id")
                .asText();
        String path = "/api/v1/workflows/" + id;
        CompletableFuture<Client.Reply> stream = client.later("GET", path + "/events", Optional.empty());
        client.post(path + "/signals/go", "1");

        List<Event> events = Event.of(stream.join().http().body());

        assertThat(events.getFirst().name()).isEqualTo("snapshot");
        assertThat(events.getFirst().data().get("nodes")).hasSize(3);
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(events.getLast().data().get("state").asText()).isEqualTo("SUCCEEDED");
        List<Event> sent = events.subList(0, events.size() - 1);
        assertThat(sent).extracting(Event::id).doesNotHaveDuplicates();

        assertThat(client.call(
                                "GET",
                                path + "/events",
                                "Last-Event-ID",
                                events.getLast().id())
                        .status())
                .isEqualTo(204);
        for (int i = 0; i < sent.size() - 1; i++) {
            List<Event> missed = Event.of(client.call(
                            "GET",
                            path + "/events",
                            "Last-Event-ID",
                            sent.get(i).id())
                    .http()
                    .body());
            assertThat(missed.getFirst().name()).isIn("node", "state");
            assertThat(missed).extracting(Event::id).doesNotContain(sent.get(i).id());
            assertThat(missed.getLast().name()).isEqualTo("done");
        }
    }

    @Test
    void beginsAnewForAClientWhoseIdIsNotOurs() throws Exception {
        String id = client.post("/api/v1/workflows", "{\"root\":{\"group\":[]}}")
                .json()
                .get("id")
                .asText();

        List<Event> events = Event.of(client.call("GET", "/api/v1/workflows/" + id + "/events", "Last-Event-ID", "1-1")
                .http()
                .body());

        assertThat(events).extracting(Event::name).containsExactly("snapshot", "done");
    }
}
