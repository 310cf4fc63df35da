package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Endpoint;
import dev.millrace.testkit.MeterTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class MetersTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void theTableInTheReadmeIsWhatTheServiceShows() {
        String shown = new Endpoint(port).text("/q/metrics");

        assertThat(MeterTable.ofMetrics(shown)).isEqualTo(MeterTable.ofReadme()).isNotEmpty();
        assertThat(MeterTable.valuesLikeJobIds(shown)).isEmpty();
    }
}
