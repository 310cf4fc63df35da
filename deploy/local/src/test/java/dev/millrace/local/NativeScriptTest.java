package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./millrace} does for native executables, with programs that say how they were called in Java's and Maven's places. */
class NativeScriptTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    private static final FileTime SINCE = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void makeACheckoutWhoseJarsAreBuilt() throws IOException {
        checkout = Files.createDirectory(folder.resolve("a checkout"));
        Files.copy(Path.of("../../millrace"), checkout.resolve("millrace"), StandardCopyOption.COPY_ATTRIBUTES);
        write(checkout.resolve("pom.xml"), LONG_AGO);
        for (Role role : Role.values()) {
            write(source(role.key() + "-service"), LONG_AGO);
            write(role.jar(checkout), LONG_AGO);
        }
        write(source("deploy/proving/worker"), LONG_AGO);
        write(source("deploy/examples/own-worker"), LONG_AGO);
        write(checkout.resolve("deploy/local/target/millrace-local.jar"), LONG_AGO);
        write(checkout.resolve("target/built"), SINCE);
        script(checkout.resolve("mvnw"), """
            echo "mvnw $*"
            compiled() {
                mkdir -p "$1/target" && : >"$1/target/some-1.0-runner" && chmod +x "$1/target/some-1.0-runner"
            }
            case "$*" in
                *-Pnative* | *native.enabled=true*)
                    before=
                    for word in "$@"; do
                        case $before in
                            -pl) for module in $(echo "$word" | tr , ' '); do compiled "$module"; done ;;
                            -f) compiled "$word" ;;
                        esac
                        before=$word
                    done
                    ;;
            esac
            [ -z "${EDITED:-}" ] || : >"$EDITED"
            """);
        script(folder.resolve("jdk/bin/java"), "echo \"java $*\"\n");
        script(folder.resolve("jdk/bin/javac"), "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(folder.resolve("graalvm/bin/native-image"), "");
    }

    @Test
    void upRefusesAnExecutableThatIsMissing() throws Exception {
        compiled("api-service", SINCE);

        assertRefused(
                millrace("up --native"),
                "there is no native executable of worker-service:"
                        + " './millrace native worker-service scheduler-service' builds it.");
    }

    @Test
    void upRefusesAnExecutableThatIsOlderThanItsSources() throws Exception {
        compileAll();
        write(checkout.resolve("common/src/main/java/Job.java"), FileTime.from(Instant.now()));

        assertRefused(
                millrace("up --native"),
                "the native executable of api-service is older than common/src/main/java/Job.java:"
                        + " './millrace native api-service worker-service scheduler-service' builds it.");
    }

    @Test
    void upRunsExecutablesWhoseSourcesAreOlderWithoutBuildingJars() throws Exception {
        compileAll();
        Files.delete(Role.API.jar(checkout));
        // It says how a program is packed, and is no part of it.
        write(checkout.resolve("api-service/src/main/docker/Dockerfile.native"), FileTime.from(Instant.now()));

        Shell.End end = millrace("up --native --workers 2");

        assertThat(end.status()).as(end.text()).isZero();
        assertThat(end.text())
                .contains("dev.millrace.local.Up --native --workers 2")
                .doesNotContain("mvnw");
    }

    @Test
    void whatIsEditedDuringABuildIsNotTakenForBuilt() throws Exception {
        Path edited = source("worker-service");

        Shell.End built = millrace("native worker-service chaos", Map.of("EDITED", edited.toString()));

        assertThat(built.status()).as(built.text()).isZero();
        assertThat(calls(built))
                .hasSize(2)
                .anyMatch(call -> call.contains("-Pnative -pl worker-service "))
                .anyMatch(call -> call.contains("-Pnative-variant -pl deploy/proving/worker "));
        assertRefused(
                millrace("chaos --native"),
                "there is no native executable of api-service:"
                        + " './millrace native api-service chaos scheduler-service' builds it.");
    }

    @Test
    void theTestBuildsWhatIsMissingOrOldAndThenRunsNatively() throws Exception {
        compileAll();
        write(source("scheduler-service"), FileTime.from(Instant.now()));

        Shell.End end = millrace("native --test");

        assertThat(end.status()).as(end.text()).isZero();
        List<String> calls = calls(end);
        assertThat(calls)
                .hasSize(6)
                .anyMatch(call -> call.contains(" -Pnative -pl scheduler-service "))
                .anyMatch(call -> call.contains(" -Pnative-variant -pl deploy/proving/worker "))
                .anyMatch(call -> call.contains(" install ") && call.contains(" -pl worker-service "))
                .anyMatch(call -> call.contains("/target/own-worker package "));
        assertThat(calls.get(4)).contains("-pl deploy/proving/end-to-end", "-Dgroups=native", "-Dmillrace.form=native");
        // Beside JVMs, whose jars were older than the scheduler too.
        assertThat(calls.getLast()).contains("-T 1C package");
        assertThat(end.text()).contains("dev.millrace.local.Startup --native 1");
    }

    @Test
    void startupIsMeasuredNativelyToWhereThatIsOfTheSameSources() throws Exception {
        assertThat(millrace("startup 3").text())
                .contains("without rows for native executables: there is no native executable of api-service.")
                .contains("dev.millrace.local.Startup 3");

        compileAll();

        assertThat(millrace("startup 3").text()).contains("dev.millrace.local.Startup --native 3");
    }

    @Test
    void namesWhatCanBeBuilt() throws Exception {
        assertRefused(
                millrace("native wroker-service"),
                "there is no 'wroker-service': name some of api-service worker-service scheduler-service, chaos, bench,"
                        + " own-worker, or none for the three services.");
    }

    private static void assertRefused(Shell.End end, String why) {
        assertThat(end.status()).isEqualTo(1);
        assertThat(end.text()).contains("millrace: " + why).doesNotContain("dev.millrace.local.Up", "mvnw");
    }

    private static List<String> calls(Shell.End end) {
        return end.text().lines().filter(line -> line.startsWith("mvnw ")).toList();
    }

    private Shell.End millrace(String words) throws Exception {
        return millrace(words, Map.of());
    }

    private Shell.End millrace(String words, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MILLRACE_JAVA_HOME", folder.resolve("jdk").toString());
        environment.put("GRAALVM_HOME", folder.resolve("graalvm").toString());
        return Shell.end(checkout, environment, "./millrace " + words);
    }

    private void compileAll() throws IOException {
        for (Role role : Role.values()) {
            compiled(role.key() + "-service", SINCE);
        }
    }

    private void compiled(String service, FileTime when) throws IOException {
        Path runner = checkout.resolve(service).resolve("target/some-1.0-runner");
        script(runner, "");
        Files.setLastModifiedTime(runner, when);
    }

    private Path source(String module) {
        return checkout.resolve(module).resolve("src/main/java/Source.java");
    }

    private static void write(Path file, FileTime when) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, when);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
