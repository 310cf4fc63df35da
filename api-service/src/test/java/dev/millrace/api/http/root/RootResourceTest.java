package dev.millrace.api.http.root;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class RootResourceTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @Test
    void tellsWhatThisIsAndLeadsToWhatExplainsIt() {
        Reply reply = client.call("GET", "/");

        JsonNode root = reply.json();
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(root.path("name").asText()).isEqualTo("Millrace");
        assertThat(root.path("version").asText()).matches("\\d+\\.\\d+.*");
        assertThat(root.path("links"))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(client.call("GET", link.asText()).status()).isIn(200, 503));
    }

    @Test
    void showsBrowsersAPageWithTheSameLinks() {
        Reply page = client.call("GET", "/", "Accept", BROWSER);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.http().body()).contains("<h1>Millrace ");
        assertThat(client.call("GET", "/").json().path("links"))
                .allSatisfy(link -> assertThat(page.http().body()).contains("href=\"" + link.asText() + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/*", "text/html;q=0.1, application/json"})
    void isJsonUnlessAPageIsPreferred(String accept) {
        assertThat(client.call("GET", "/", "Accept", accept).header("Content-Type"))
                .startsWith("application/json");
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        Reply head = client.call("HEAD", "/", "Accept", BROWSER);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/html");
        assertThat(head.header("Vary")).isEqualTo("Accept");
        assertThat(head.http().body()).isEmpty();
    }

    @Test
    void refusesWhatItIsNot() {
        assertThat(client.call("GET", "/", "Accept", "image/png").problem()).isEqualTo("not-acceptable");
    }
}
