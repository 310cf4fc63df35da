package dev.millrace.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.submit.Client;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class HealthTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aClient() {
        client = new Client(port);
    }

    @Test
    void namesEveryLoopWhileAllTurn() {
        JsonNode live = client.call("GET", "/q/health/live").json();

        assertThat(live.get("status").asText()).isEqualTo("UP");
        assertThat(live.at("/checks/0/data").fieldNames())
                .toIterable()
                .contains("publish", "relay", "reconcile", "submit-1", "redis-clock");
    }

    @Test
    void isAliveButNotReadyWhilePostgresIsDown() {
        ApiServers.postgres().kill();
        int ready = client.call("GET", "/q/health/ready").status();
        int live = client.call("GET", "/q/health/live").status();
        ApiServers.postgres().restart();

        assertThat(ready).isEqualTo(503);
        assertThat(live).isEqualTo(200);
        Rows.await(
                "it is ready again", () -> client.call("GET", "/q/health/ready").status() == 200);
    }
}
