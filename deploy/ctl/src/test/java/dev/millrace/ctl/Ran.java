package dev.millrace.ctl;

import dev.millrace.ctl.terminal.Terminal;
import dev.millrace.time.Time;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a command line came to.
 *
 * @param exit its exit status
 * @param out what it printed
 * @param err what it told beside
 */
public record Ran(int exit, String out, String err) {

    /** The time at which all commands run. */
    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    /** The id that commands make. */
    public static final UUID ID = UUID.fromString("0192f3c1-7f3e-7abc-8def-0123456789ab");

    /** Runs it against a server, with its output in a pipe. */
    public static Ran on(FakeApi api, String... arguments) {
        return on(Terminal.none(), Map.of("MILLRACE_URL", api.url()), "", arguments);
    }

    /** Runs it with these words on standard input. */
    public static Ran typing(String input, FakeApi api, String... arguments) {
        return on(Terminal.none(), Map.of("MILLRACE_URL", api.url()), input, arguments);
    }

    /** Runs it where a person sees it. */
    public static Ran onATerminal(FakeApi api, String input, String... arguments) {
        return on(new Terminal(true, 24, 80), Map.of("MILLRACE_URL", api.url()), input, arguments);
    }

    public static Ran with(Map<String, String> environment, String... arguments) {
        return on(Terminal.none(), environment, "", arguments);
    }

    private static Ran on(Terminal terminal, Map<String, String> environment, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("HOME", "/nowhere");
        Surroundings surroundings = new Surroundings(
                all,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                terminal,
                standing(),
                () -> ID,
                end -> {});
        int exit = new Ctl(surroundings).run(arguments).code();
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A time that passes only while somebody rests. */
    public static Time standing() {
        AtomicLong nanos = new AtomicLong();
        return new Time(() -> NOW, nanos::get, (Duration pause) -> nanos.addAndGet(pause.toNanos()));
    }
}
