package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.Ports;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged services on all addresses, as their images run them: one rule for all three. */
class PortsIT {

    private static final String METRICS_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String ADMIN_TOKEN = "of-tests-0123456789-abcdefghijklmn";
    private static final Duration READY = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static EmbeddedRedis redis;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startServers() {
        redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")));
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("postgres")));
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        postgres.close();
    }

    private record Running(Process process, Path log, int port) implements AutoCloseable {

        String text() throws IOException {
            return Files.readString(log);
        }

        int status(String path, String... headers) throws IOException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            try {
                return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }

        boolean isLive() {
            try {
                return status("/q/health/live") == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static Running start(String service, Map<String, String> environment) throws IOException {
        int port = Ports.free();
        Path log = folder.resolve(service + "-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        Platform.checkout()
                                .resolve(service + "/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "REDIS_URL", redis.url(),
                        "DATABASE_URL", postgres.url(),
                        "QUARKUS_HTTP_HOST", "0.0.0.0",
                        "QUARKUS_HTTP_PORT", Integer.toString(port)));
        builder.environment().putAll(environment);
        return new Running(builder.start(), log, port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void withoutAccessControlNoneListensWhereOthersAre(String service) throws Exception {
        try (Running running = start(service, Map.of("MILLRACE_ACCESS_ENABLED", "false"))) {
            assertThat(running.process().waitFor(READY.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();

            assertThat(running.process().exitValue()).isNotZero();
            assertThat(running.text()).contains("0.0.0.0", "MILLRACE_ACCESS_ENABLED=true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void withItEachListensShowsItsHealthAndKeepsItsMeters(String service) throws Exception {
        Map<String, String> environment =
                Map.of("MILLRACE_ACCESS_METRICS_TOKEN", METRICS_TOKEN, "MILLRACE_ADMIN_TOKEN", ADMIN_TOKEN);
        String good = "Bearer " + (service.equals("api-service") ? ADMIN_TOKEN : METRICS_TOKEN);
        try (Running running = start(service, environment)) {
            Awaiting.until("it is live", READY, () -> {
                assertThat(running.process().isAlive())
                        .as(running.log().toString())
                        .isTrue();
                return running.isLive();
            });

            assertThat(running.status("/q/metrics")).isEqualTo(401);
            assertThat(running.status("/q/metrics", "Authorization", "Bearer " + "x".repeat(32)))
                    .isEqualTo(401);
            assertThat(running.status("/q/metrics", "Authorization", good)).isEqualTo(200);
            assertThat(running.text()).doesNotContain(METRICS_TOKEN, ADMIN_TOKEN);
        }
    }
}
