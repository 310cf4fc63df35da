package dev.millrace.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.hostile.FuzzRun;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Callers of every kind, and nobody, send whatever the contract makes one think of: nothing fails, and nothing of a tenant is told to others.
 * {@code -Dfuzz.requests=100000} sends more, which takes minutes.
 */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class FuzzTest {

    /** Not one of {@code millrace.…}, of which the service knows all. */
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1_000);

    @Inject
    Stage stage;

    @Inject
    InMemorySpanExporter spans;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    /** What goes on by itself would make jobs under the tests that come, and spans are kept until somebody forgets them. */
    @AfterEach
    void leaveNothingBehind() {
        for (String table :
                List.of("workflow", "flow_mail", "flow_definition", "bulk_action", "schedule", "schedule_command")) {
            Rows.change("delete from api." + table);
        }
        stage.opened(port);
        spans.reset();
    }

    @Test
    void I29_nothingFailsAndNothingIsToldToOthers() throws Exception {
        stage.opened(port);
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.token");
        Rows.change("delete from api.tenant where name <> 'default'");
        Tenants tenants = new Tenants(SwitchedOn.admin(port));
        List<String> callers = new ArrayList<>();
        for (String role : List.of("viewer", "submitter", "operator", "admin")) {
            for (int often = 0; often < 5; often++) {
                callers.add("Authorization: "
                        + tenants.bearer(tenants.other(), role).orElseThrow());
                callers.add("Authorization: "
                        + tenants.issued(tenants.other(), role).orElseThrow());
                callers.add("");
            }
        }
        // A wrong one is kept waiting for a second.
        callers.add("Authorization: Bearer garbled");

        FuzzRun run = FuzzRun.of(REQUESTS, port, callers, tenants.one().traces());

        Files.writeString(Path.of("target", "fuzz.txt"), run.table());
        System.out.println(run.table());
        assertThat(run.wrong().stream().limit(20)).isEmpty();
        assertThat(run.answered()).isEqualTo(REQUESTS);
        assertThat(Stream.of("job", "schedule", "token", "dead_letter")
                        .filter(table -> Rows.count("api." + table + " where tenant = '"
                                        + tenants.one().name() + "'")
                                == 0))
                .isEmpty();
        assertThat(Rows.count("api.token where tenant = '" + tenants.one().name() + "' and id = '"
                        + tenants.one().victim() + "'"))
                .isEqualTo(1);
        assertThat(Rows.count("api.job where tenant = '" + tenants.one().name() + "' and state = 'SCHEDULED'"))
                .isEqualTo(2);
        assertThat(new Client(port).call("GET", "/q/health/ready").status()).isEqualTo(200);
    }
}
