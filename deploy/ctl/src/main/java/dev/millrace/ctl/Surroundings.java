package dev.millrace.ctl;

import dev.millrace.ctl.terminal.Terminal;
import dev.millrace.time.Time;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a command line has around it: a process, or whatever has one run within itself.
 *
 * @param ids new ones
 * @param atExit is given what has to happen when the process ends
 */
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        Time time,
        Supplier<UUID> ids,
        Consumer<Runnable> atExit) {}
