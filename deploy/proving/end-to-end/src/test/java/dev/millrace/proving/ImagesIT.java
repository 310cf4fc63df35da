package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.Ports;
import dev.millrace.local.run.Form;
import dev.millrace.proving.Images.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfiles of the services, read everywhere, and built where there is buildah. */
class ImagesIT {

    /** An orchestrator kills 30 s after it has asked: see deploy/README.md. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** In {@code mountinfo}: ids, device, what of it is mounted, where, and how. */
    private static final String READ_ONLY_ROOT = "(\\S+ ){4}/ ro[, ].*";

    @TempDir
    @Nullable
    Path folder;

    @ParameterizedTest
    @CsvSource({"api-service, 8080", "worker-service, 8081", "scheduler-service, 8082"})
    void bothFilesNameAPinnedBaseAUserAPortAndAProgram(String service, int port) throws IOException {
        for (String kind : List.of("jvm", "native")) {
            List<String> lines = Files.readAllLines(dockerfile(service, kind));
            assertThat(lines)
                    .anyMatch(line -> line.matches("ARG BASE=[a-z0-9.-]+/\\S+:\\d\\S+")) // a registry and a version
                    .contains("USER 10001:10001", "EXPOSE " + port, "ENV QUARKUS_HTTP_HOST=0.0.0.0")
                    .anyMatch(line -> line.startsWith("ENTRYPOINT [\"")) // no shell between it and signals
                    .noneMatch(line -> line.matches("(ADD|RUN) .*")); // fetches nothing, changes nothing
        }
    }

    @ParameterizedTest
    @CsvSource({"api-service, 8080", "worker-service, 8081", "scheduler-service, 8082"})
    void anImageForTheJvmHoldsTheProgramAndNothingElse(String service, int port) throws Exception {
        Image image = build(service, "jvm", Platform.checkout().resolve(service));
        assertRunsAsNobody(image, port);
        assertThat(image.configuration().path("Entrypoint").toString())
                .startsWith("[\"java\"")
                .endsWith("\"-jar\",\"/deployments/quarkus-run.jar\"]");
        assertThat(image.files())
                .anyMatch(line -> line.endsWith(" deployments/quarkus-run.jar"))
                .anyMatch(line -> line.contains(" deployments/app/millrace-" + service))
                .anyMatch(line -> line.contains(" deployments/lib/main/dev.millrace.millrace-common"))
                .anyMatch(line -> line.endsWith(" deployments/quarkus/quarkus-application.dat"));
    }

    @ParameterizedTest
    @CsvSource({"api-service, 8080", "worker-service, 8081", "scheduler-service, 8082"})
    void anImageOfANativeExecutableHoldsThatAlone(String service, int port) throws Exception {
        Path context = Files.createDirectories(given(folder).resolve(service));
        Path runner = Files.createDirectory(context.resolve("target")).resolve("some-1.0-runner");
        assertThat(Files.writeString(runner, "stands in").toFile().setExecutable(true, false))
                .isTrue();
        Image image = build(service, "native", context);
        assertRunsAsNobody(image, port);
        assertThat(image.configuration().at("/Entrypoint/0").asText()).isEqualTo("/deployments/" + service);
        assertThat(image.files())
                .filteredOn(line -> line.startsWith("-"))
                .singleElement()
                .asString()
                .startsWith("-rwxr-xr-x 0/0")
                .endsWith(" deployments/" + service);
    }

    /** What a user gets who has built the executables; without them a stand-in is all that is packed. */
    @Tag("native")
    @ParameterizedTest
    @CsvSource({"api-service, 8080", "worker-service, 8081", "scheduler-service, 8082"})
    void anImageRunsAsNobodyOnAReadOnlyRootAndStopsInTime(String service, int usual) throws Exception {
        assumeTrue(Platform.natively(), "Native executables are tested by './millrace native --test'.");
        assumeTrue(Images.canBeBuilt() && Container.canRun(), "No buildah here, or mounts of one's own are forbidden.");
        Path module = Platform.checkout().resolve(service);
        Images images = new Images(given(folder).resolve("buildah"));
        Image image = images.buildOnLibrariesOf(
                Form.NATIVE.in(module.resolve("target"), "./millrace native"), dockerfile(service, "native"), module);
        System.out.printf("%s: %.1f MB beside its base, packed%n", service, image.bytes() / 1e6);
        assertRunsAsNobody(image, usual);
        List<String> entrypoint = new ArrayList<>();
        image.configuration().path("Entrypoint").forEach(word -> entrypoint.add(word.asText()));

        try (EmbeddedRedis redis = EmbeddedRedis.start(
                        EmbeddedRedis.Options.forTests(given(folder).resolve("redis")));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(
                        EmbeddedPostgres.Options.forTests(given(folder).resolve("postgres")))) {
            int port = Ports.free();
            Map<String, String> environment = Map.of(
                    "REDIS_URL", redis.url(),
                    "DATABASE_URL", postgres.url(),
                    "QUARKUS_HTTP_HOST", "127.0.0.1",
                    "QUARKUS_HTTP_PORT", Integer.toString(port));
            try (Container container = Container.start(
                    images.mounted(), entrypoint, environment, given(folder).resolve("container.log"))) {
                awaitReady(container, service, port);
                assertThat(container.proc("status")).containsPattern("Uid:\\s+10001\\s+10001\\s+10001");
                assertThat(container.proc("mountinfo").lines().filter(line -> line.matches(READ_ONLY_ROOT)))
                        .hasSize(1);
                assertThat(container.endsAfterTerm(GRACE)).isTrue();
                assertThat(container.process().exitValue()).isIn(0, 143);
                assertThat(Files.readString(container.log())).contains("stopped in");
            }
        }
    }

    // A worker and a scheduler wait for an api to have opened Redis: what they say until then is that they live.
    private static void awaitReady(Container container, String service, int port) throws IOException {
        container.awaitReady(port, service.equals("api-service") ? "ready" : "live");
    }

    /** The user that it runs as owns nothing and may write nothing, so a read-only root takes nothing from it. */
    private static void assertRunsAsNobody(Image image, int port) {
        JsonNode configuration = image.configuration();
        assertThat(configuration.path("User").asText()).isEqualTo("10001:10001");
        assertThat(configuration.path("ExposedPorts").fieldNames()).toIterable().containsExactly(port + "/tcp");
        assertThat(image.files())
                .allMatch(line -> line.matches("[d-]r[w-][x-]r[w-][x-]r-[x-] +0/0 .*"))
                .allMatch(line -> line.endsWith(" tmp/") || line.contains(" deployments/"));
    }

    private Image build(String service, String kind, Path context) throws IOException, InterruptedException {
        assumeTrue(Images.canBeBuilt(), "No buildah here: images are not built. Debian has it as a package.");
        return new Images(given(folder).resolve("buildah")).build(dockerfile(service, kind), context);
    }

    private static Path dockerfile(String service, String kind) {
        return Platform.checkout().resolve(service).resolve("src/main/docker/Dockerfile." + kind);
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("set before each test");
        }
        return value;
    }
}
