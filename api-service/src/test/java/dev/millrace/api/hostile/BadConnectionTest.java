package dev.millrace.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.contract.Answer;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Tasks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, send far too much, break off, or do not wait for answers. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class BadConnectionTest {

    private static final String JOBS = "/api/v1/jobs";
    private static final String POST =
            "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final byte[] MEBIBYTE = new byte[1 << 20];

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
    }

    /** A busy machine may keep PostgreSQL from answering in time: that is told with a 503, and asked again. */
    @AfterEach
    void theServiceStillAcceptsJobs() {
        Client client = new Client(port);
        int status = 503;
        for (int attempt = 0; status == 503 && attempt < 10; attempt++) {
            status = client.submit("{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}")
                    .status();
        }
        assertThat(status).isEqualTo(202);
    }

    @Test
    void refusesAHundredMebibytesAndLetsTheClientHearIt() throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(POST + "Content-Length: " + 100 * MEBIBYTE.length + "\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                client.send(MEBIBYTE);
            }
            assertProblem(client.receive("POST", JOBS), 413);
            client.send("GET /problems/too-large HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.receive("GET", "/problems/too-large").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesABodyWhoseSizeIsNotAnnouncedWhenItHasSeenTooMuch() throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 12; i++) {
                client.send("100000\r\n");
                client.send(MEBIBYTE);
                client.send("\r\n");
            }
            client.send("0\r\n\r\n");
            assertProblem(client.receive("POST", JOBS), 413);
        }
    }

    @Test
    void refusesWhatWouldUnfoldBeforeItUnfolds() throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(POST + "Content-Encoding: gzip\r\nContent-Length: 1000000\r\n\r\n");
            assertProblem(client.receive("POST", JOBS), 415);
        }
    }

    @Test
    void doesNotWaitForeverForABody() throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(POST + "Content-Length: 100\r\n\r\n{");
            assertProblem(client.receive("POST", JOBS), 408);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void serviceIsNotHeldUpByAThousandClientsThatDoNotGoOn() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                RawClient client = new RawClient(port);
                slow.add(client);
                client.send(
                        i % 2 == 0 ? "GET /api/v1/jobs HTTP/1.1\r\nHost: loc" : POST + "Content-Length: 9\r\n\r\n{");
            }
            theServiceStillAcceptsJobs();
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void isNotHarmedByRequestsThatBreakOff() throws IOException {
        for (int i = 0; i < 200; i++) {
            try (RawClient client = new RawClient(port)) {
                client.send((POST + "Content-Length: 60\r\n\r\n{\"task\":\"demo.echo\"").substring(0, 5 + i % 110));
            }
        }
    }

    @Test
    void answersRequestsInTheirOrderToAClientThatDoesNotWait() throws IOException {
        try (RawClient client = new RawClient(port)) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append("GET /problems/invalid HTTP/1.1\r\nHost: localhost\r\n\r\n");
                requests.append("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
                requests.append(POST).append("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
                requests.append(POST).append("Content-Length: 2\r\n\r\n{}");
            }
            client.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.receive("GET", "/problems/invalid").status()).isEqualTo(200);
                assertProblem(client.receive("GET", "/nothing"), 404);
                assertProblem(client.receive("POST", JOBS), 415);
                assertProblem(client.receive("POST", JOBS), 422);
            }
        }
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        answer.requireKept();
        assertThat(answer.isProblem()).isTrue();
    }
}
