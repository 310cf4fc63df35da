package dev.millrace.local.aot;

import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cache of one service as it is built now, for this JDK and these options. It lies in the build's own folder, and goes
 * with it.
 *
 * @param file where it lies once it is made; its name says what it was made of
 */
public record AotCache(Path file) {

    /** A JVM that cannot use a cache goes on without it; that is nothing that a person must read. */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    /** Whether it is there, whole. */
    public boolean made() {
        return Files.isRegularFile(file);
    }

    /** Whether neither it is there nor the mark that making it failed before. */
    public boolean wanted() {
        return !made() && !Files.exists(failure());
    }

    /** What a JVM must be told to use it; nothing while it is not made. */
    public List<String> options() {
        return made() ? List.of("-XX:AOTCache=" + file, QUIET) : List.of();
    }

    /** What a JVM must be told to write down, when it ends, all that the cache is made of. */
    public List<String> recordingOptions() {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording(), QUIET);
    }

    /**
     * Makes it from what was recorded; nobody sees it before it is whole, and those of earlier builds are removed.
     *
     * @param home that the process names in its command line
     * @throws IOException if nothing was recorded, or the JDK makes nothing of it within the time
     */
    public void make(Role role, Path checkout, Path home, Duration within) throws IOException {
        ChildProcess making =
                ChildProcess.start("aot-" + role.key(), making(role, checkout, home), Map.of(), line -> {});
        if (!making.endsWithin(within)) {
            making.kill();
        }
        if (!Files.isRegularFile(unfinished())) {
            throw new IOException("the JDK made none for " + role.key() + ": " + making.lastLines());
        }
        publish();
    }

    private List<String> making(Role role, Path checkout, Path home) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(role.jvmOptions());
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + recording(),
                "-XX:AOTCache=" + unfinished(),
                "-Xlog:aot*=error,cds*=error",
                "-Dlocal.home=" + home,
                "-jar",
                role.jar(checkout).toString()));
        return command;
    }

    private void publish() throws IOException {
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        for (Path other : besides()) {
            Files.deleteIfExists(other);
        }
    }

    /** Not to be tried again for this build. */
    public void markFailed(String why) throws IOException {
        Files.deleteIfExists(recording());
        Files.deleteIfExists(unfinished());
        Files.writeString(failure(), why + "\n");
    }

    private List<Path> besides() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(other -> !other.equals(file)).toList();
        }
    }

    /** The folder that it lies in. */
    public Path folder() {
        return file.resolveSibling("");
    }

    private Path recording() {
        return beside(".recording");
    }

    private Path unfinished() {
        return beside(".new");
    }

    private Path failure() {
        return beside(".failed");
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
