package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./millrace ctl} does before its program runs, with programs that say how they were called in Java's and Maven's places. */
class CtlScriptTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    private static final FileTime SINCE = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));

    @TempDir
    Path folder;

    private Path checkout;
    private Path jar;
    private Path source;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectory(folder.resolve("a checkout"));
        jar = checkout.resolve("deploy/ctl/target/millrace-ctl.jar");
        source = checkout.resolve("deploy/ctl/src/main/java/Source.java");
        Files.copy(Path.of("../../millrace"), checkout.resolve("millrace"), StandardCopyOption.COPY_ATTRIBUTES);
        write(checkout.resolve("pom.xml"), LONG_AGO);
        write(checkout.resolve("common/time/pom.xml"), LONG_AGO);
        write(checkout.resolve("common/time/src/main/Time.java"), LONG_AGO);
        write(checkout.resolve("deploy/ctl/pom.xml"), LONG_AGO);
        write(source, LONG_AGO);
        // Within one tick of the file system's clock, what comes later has the same time.
        write(checkout.resolve("after-the-start"), FileTime.from(Instant.now().plusSeconds(60)));
        script(checkout.resolve("mvnw"), """
            echo "mvnw $*"
            mkdir -p deploy/ctl/target
            [ -z "${EDITED:-}" ] || touch -r after-the-start "$EDITED"
            sleep 0.01
            touch deploy/ctl/target/millrace-ctl.jar
            """);
        script(folder.resolve("jdk/bin/java"), "for word in \"$@\"; do echo \"word $word\"; done\n");
        script(folder.resolve("jdk/bin/javac"), "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void whatIsBuiltRunsAtOnceAndNothingElseIsPrinted() throws Exception {
        write(jar, SINCE);

        Shell.End end = ctl("submit demo.echo '{\"a b\": 1}'");

        assertThat(end.status()).isZero();
        assertThat(end.text().lines()).allMatch(line -> line.startsWith("word "));
        assertThat(end.text()).endsWith("word dev.millrace.ctl.Ctl\nword submit\nword demo.echo\nword {\"a b\": 1}\n");
        assertThat(end.text()).contains("word -Dmillrace.ctl.terminal=none\n");
    }

    @Test
    void whatIsMissingOrOldIsBuiltFirst() throws Exception {
        assertThat(ctl("status").text()).contains("mvnw ", " -pl deploy/ctl -am", "word status");
        assertThat(ctl("status").text()).doesNotContain("mvnw");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(ctl("status").text()).contains("mvnw ");
    }

    @Test
    void whatIsEditedDuringTheBuildIsNotTakenForBuilt() throws Exception {
        assertThat(ctl("status", Map.of("EDITED", source.toString())).text()).contains("mvnw ");

        assertThat(ctl("status").text()).contains("mvnw ");
    }

    @Test
    void whatTheBuildPrintsIsNoAnswer() throws Exception {
        assertThat(ctl("status 2>/dev/null").text()).doesNotContain("mvnw", "building");
    }

    private Shell.End ctl(String words) throws Exception {
        return ctl(words, Map.of());
    }

    private Shell.End ctl(String words, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MILLRACE_JAVA_HOME", folder.resolve("jdk").toString());
        return Shell.end(checkout, environment, "./millrace ctl " + words);
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
