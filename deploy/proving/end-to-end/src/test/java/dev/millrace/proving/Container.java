package dev.millrace.proving;

import dev.millrace.testkit.Awaiting;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process in the file system of an image, as an orchestrator runs it: as user 10001, on a root that is read-only but for a
 * small {@code /tmp}. The network is this machine's.
 */
record Container(Process process, Path log) implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What becomes of the new process before it becomes the program: $1 is the root, the rest is the program. */
    private static final String INTO_THE_IMAGE = """
        set -e
        root=$1
        shift
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs -o size=16m,mode=1777 tmpfs "$root/tmp"
        mount -o remount,ro,bind "$root"
        exec chroot --userspec=10001:10001 "$root" "$@"
        """;

    /** Whether this machine lets us: it takes root, and mounts of one's own. */
    static boolean canRun() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0;
    }

    /** Starts it, with nothing in its environment but this. */
    static Container start(Path root, List<String> entrypoint, Map<String, String> environment, Path log)
            throws IOException {
        for (String folder : List.of("proc", "dev", "tmp")) {
            Files.createDirectories(root.resolve(folder));
        }
        List<String> command =
                new ArrayList<>(List.of("unshare", "-m", "sh", "-c", INTO_THE_IMAGE, "sh", root.toString()));
        command.addAll(entrypoint);
        File output = log.toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        return new Container(builder.start(), log);
    }

    /** Until it is {@code ready}, or {@code live}. */
    void awaitReady(int port, String what) throws IOException {
        try {
            Awaiting.until("a container to be ready", READY, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("It ended with " + process.exitValue());
                }
                return is(what, port);
            });
        } catch (AssertionError notReady) {
            throw new AssertionError(Files.readString(log), notReady);
        }
    }

    private static boolean is(String what, int port) {
        URI health = URI.create("http://127.0.0.1:" + port + "/q/health/" + what);
        try {
            return HTTP.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** A file below its folder in {@code /proc}. */
    String proc(String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    }

    /** SIGTERM; whether it has ended within that time. */
    boolean endsAfterTerm(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
