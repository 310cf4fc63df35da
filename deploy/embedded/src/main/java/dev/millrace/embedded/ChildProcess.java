package dev.millrace.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process of ours in a session of its own: signals of the terminal do not reach it, so that its starter decides in
 * which order things end. What it prints goes line by line to a consumer, on a thread of this process.
 */
public final class ChildProcess {

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int LINES_KEPT = 20;
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    /** The signals that are sent to children. */
    public enum Signal {
        INT,
        TERM,
        KILL,
        STOP,
        CONT
    }

    private final String name;
    private final Process process;
    private final Thread output;
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ChildProcess(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.output = Thread.ofPlatform().daemon().name("output of " + name).start(() -> pump(lines));
    }

    /**
     * Starts a command.
     *
     * @param environment added to this process's own
     * @param lines is given each line that it prints, on stdout and stderr alike
     * @throws CannotStart if the system refuses
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Consumer<String> lines) {
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(command)).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), lines);
        } catch (IOException e) {
            throw new CannotStart("Could not start " + name + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * The command that runs another in a session of its own, where there is a {@code setsid}; it is replaced by that one,
     * which therefore keeps the process id that its starter is told.
     */
    public static List<String> inOwnSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> all = new ArrayList<>(command.size() + 1);
        all.add(SETSID.toString());
        all.addAll(command);
        return all;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Runs something once the process has ended, for whatever reason, on a thread that must not be kept. It answers for
     * its own exceptions.
     */
    public void whenEnded(Runnable then) {
        CompletableFuture<Void> unused = process.onExit().thenRun(then);
    }

    /** How it ended: {@code exit code 3}, or {@code signal 9}. Only for an ended process. */
    public String ending() {
        int code = process.exitValue();
        return code > 128 ? "signal " + (code - 128) : "exit code " + code;
    }

    /** Whether it ended with exit code 0, as one does that has been asked to, or has decided so. Only for an ended process. */
    public boolean endedWell() {
        return process.exitValue() == 0;
    }

    /** The last 20 lines that it printed; of an ended process, with its last words. */
    public List<String> lastLines() {
        if (!process.isAlive()) {
            waitForLastWords();
        }
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /**
     * Waits for the process to end.
     *
     * @return false if it still runs after that time
     */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Sends a signal; nothing happens if the process has ended. */
    public void send(Signal signal) {
        if (process.isAlive()) {
            Signals.send(process.pid(), signal);
        }
    }

    /** Asks it to end with a signal, and kills it if it has not done so in time. Returns when it has ended. */
    public void stop(Signal signal, Duration deadline) {
        send(signal);
        // A paused process would not see the signal before it is woken.
        send(Signal.CONT);
        if (!endsWithin(deadline)) {
            kill();
        }
        waitForLastWords();
    }

    /** SIGKILL, and returns when it has ended. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
        waitForLastWords();
    }

    /** Waits, for an ended process shortly, until all that it printed was given to its consumer. */
    public void waitForLastWords() {
        try {
            output.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Consumer<String> lines) {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                keep(line);
                lines.accept(line);
            }
        } catch (IOException e) {
            // The pipe breaks when its process is killed; there is nothing more to read.
            keep("(output ended: " + e.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == LINES_KEPT) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }
}
