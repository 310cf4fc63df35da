package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the README from its first command to its last in a fresh copy of the checkout, building included. */
class ReadmeIT {

    private static final Duration BUILT_AND_READY = Duration.ofMinutes(6);

    @TempDir
    static @Nullable Path folder;

    private int port;

    @Test
    void everyCommandOfTheReadmeDoesWhatItSays() throws IOException, InterruptedException {
        Path copy = freshCopy();
        port = freePort();
        Readme readme = Readme.of(copy);
        Deque<String> commands = new ArrayDeque<>(readme.commands());
        try (Platform platform = up(copy, commands.remove())) {
            assertThat(commands.remove()).isEqualTo("./millrace test"); // is what runs this
            assertThat(curl(commands)).contains("\"hello\"").contains("SUCCEEDED");
            assertThat(curl(commands)).contains("0192f3c1-7f3e-7abc-8def-0123456789ab");
            assertThat(curl(commands)).contains("event:snapshot", "event:progress", "event:done");
            assertThat(curl(commands)).contains("SUCCEEDED").contains("slept");
            assertThat(curl(commands)).contains("csv.import").contains("payloadSchema");
            assertThat(platform.output()).anyMatch(line -> line.contains("/api/v1"));
        }
        readme.saveClassIn(copy);
        try (Platform platform = up(copy, commands.remove())) {
            assertThat(curl(commands)).contains("Hello, Ada!");
            assertThat(curl(commands)).contains("\"status\":422").contains("/payload");
            assertThat(platform.pids("worker")).hasSize(1);
        }
        assertThat(commands).isEmpty();
    }

    private Platform up(Path copy, String command) {
        assertThat(command).isEqualTo("./millrace up");
        List<String> line = List.of("./millrace", "up", "--port", Integer.toString(port));
        return Platform.up(copy, copy.resolve(".millrace"), line, BUILT_AND_READY);
    }

    private String curl(Deque<String> commands) throws IOException, InterruptedException {
        String command = commands.remove();
        assertThat(command).startsWith("curl ");
        return Shell.run(command.replace("127.0.0.1:8080", "127.0.0.1:" + port));
    }

    /** What git would give to someone who clones, with what is changed here. */
    private static Path freshCopy() throws IOException, InterruptedException {
        if (folder == null) {
            throw new AssertionError("set before the first test");
        }
        Path from = Platform.checkout();
        String files = Shell.run(from, "git ls-files --cached --others --exclude-standard");
        for (String file :
                files.lines().filter(name -> Files.exists(from.resolve(name))).toList()) {
            Path to = folder.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(from.resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return folder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
