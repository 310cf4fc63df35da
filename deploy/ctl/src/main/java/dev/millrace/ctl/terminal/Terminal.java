package dev.millrace.ctl.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where standard output goes.
 *
 * @param interactive whether a person sees it as it comes; false for files and pipes
 * @param rows lines that fit on it
 * @param columns characters that fit on a line; no limit where nobody sees it
 */
public record Terminal(boolean interactive, int rows, int columns) {

    /** The system property by which a launcher tells what it has asked already: {@code 24x80}, or {@code none}. */
    public static final String PROPERTY = "millrace.ctl.terminal";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})[x ](\\d{1,4})");
    private static final Terminal USUAL = new Terminal(true, 24, 80);

    /** A file or a pipe. */
    public static Terminal none() {
        return new Terminal(false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** What {@link #PROPERTY} tells; without it, what the system says of this process. */
    public static Terminal ofThisProcess() {
        String told = System.getProperty(PROPERTY);
        if (told != null) {
            return told.equals("none") ? none() : sized(told).orElse(USUAL);
        }
        return outputIsATerminal() ? measured() : none();
    }

    /** The same place, whose window may have got another size since. */
    public Terminal again() {
        return interactive ? measured() : this;
    }

    private static Terminal measured() {
        return run(new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null"))
                .flatMap(Terminal::sized)
                .orElse(USUAL);
    }

    private static Optional<Terminal> sized(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(size.group(1));
        int columns = Integer.parseInt(size.group(2));
        return rows > 0 && columns > 0 ? Optional.of(new Terminal(true, rows, columns)) : Optional.empty();
    }

    private static boolean outputIsATerminal() {
        return run(new ProcessBuilder("test", "-t", "1").redirectOutput(ProcessBuilder.Redirect.INHERIT))
                .isPresent();
    }

    /** What a program printed that ended well. */
    private static Optional<String> run(ProcessBuilder program) {
        try {
            Process process = program.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
