package dev.millrace.proving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ctl.Ctl;
import dev.millrace.ctl.Surroundings;
import dev.millrace.local.Shell;
import dev.millrace.time.TimeWiring;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an operator types lines of {@code ./millrace ctl} at one server. They run within this process, which takes milliseconds where a
 * program of their own takes a second; with native services each is a program, unless what is told of time would be the program's.
 */
final class Terminal {

    private static final String COMMAND = "./millrace ctl";
    private static final Pattern PIECE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\$([A-Z]+)|([^\\s'\"$]+)|(\\s+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final boolean programs;

    Terminal(String url) {
        this(url, Platform.natively());
    }

    private Terminal(String url, boolean programs) {
        this.url = url;
        this.programs = programs;
    }

    /** One whose lines take milliseconds, whatever the services are. */
    static Terminal quick(String url) {
        return new Terminal(url, false);
    }

    /** What a command prints and tells that ends well. */
    String run(String words) {
        return well(words).text();
    }

    /** What a command prints on standard output that ends well. */
    String out(String words) {
        return well(words).out().strip();
    }

    /** The document that a command prints that ends well. */
    JsonNode json(String words) {
        try {
            return JSON.readTree(out(words));
        } catch (IOException noJson) {
            throw new AssertionError("'" + words + "' printed no JSON.", noJson);
        }
    }

    private Typed well(String words) {
        Typed typed = type(words);
        if (typed.status() != 0) {
            throw new AssertionError("'" + words + "' ended with " + typed.status() + ": " + typed.text());
        }
        return typed;
    }

    /** How a command ends. */
    Typed type(String words) {
        return type(words, Map.of());
    }

    /** The same, with these variables; it knows quotes and variables, and nothing else that shells know. */
    Typed type(String words, Map<String, String> variables) {
        return programs ? processes(words, variables) : within(words, variables);
    }

    /** Runs a line of a shell by programs of its own, as {@code ./millrace} does when nothing was changed. */
    Shell.End shell(String line, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("MILLRACE_URL", url);
        environment.put("LINE", line.replace(COMMAND, program()));
        try {
            return Shell.end(Platform.checkout(), environment, "bash -c \"$LINE\"");
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError("'" + line + "' could not be run.", broken);
        }
    }

    private Typed processes(String words, Map<String, String> variables) {
        try {
            Path told = Files.createTempFile("millrace-ctl", ".err");
            Shell.End end = shell(COMMAND + " " + words + " 2>'" + told + "'", variables);
            String err = Files.readString(told);
            Files.delete(told);
            return new Typed(end.status(), end.text(), err);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Typed within(String words, Map<String, String> variables) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("MILLRACE_URL", url);
        Surroundings surroundings = new Surroundings(
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                dev.millrace.ctl.terminal.Terminal.none(),
                TimeWiring.ofThisMachine(),
                UUID::randomUUID,
                end -> {});
        String[] arguments =
                split(words, variables).stream().map(Terminal::ofTheCheckout).toArray(String[]::new);
        int status = new Ctl(surroundings).run(arguments).code();
        return new Typed(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Files are named as they lie in the checkout, where a program of its own is started. */
    private static String ofTheCheckout(String word) {
        return word.startsWith("@") ? "@" + Platform.checkout().resolve(word.substring(1)) : word;
    }

    /** The words as a shell would hand them over. */
    static List<String> split(String words, Map<String, String> variables) {
        List<String> all = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        Matcher piece = PIECE.matcher(words);
        int at = 0;
        while (piece.find() && piece.start() == at) {
            at = piece.end();
            if (piece.group(5) == null) {
                word.append(text(piece, variables));
                begun = true;
            } else if (begun) {
                all.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        if (at != words.length()) {
            throw new IllegalArgumentException("Not understood from '" + words.substring(at) + "' on: " + words);
        }
        if (begun) {
            all.add(word.toString());
        }
        return all;
    }

    private static String text(Matcher piece, Map<String, String> variables) {
        if (piece.group(1) != null) {
            return piece.group(1);
        }
        if (piece.group(2) != null) {
            return piece.group(2);
        }
        return piece.group(3) == null ? piece.group(4) : variables.getOrDefault(piece.group(3), "");
    }

    private static String program() {
        Path jar = Platform.checkout().resolve("deploy/ctl/target/millrace-ctl.jar");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "'%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.millrace.ctl.Ctl".formatted(java, jar);
    }

    /** How a command ended, what it printed, and what it told beside. */
    record Typed(int status, String out, String err) {

        /** Both. */
        String text() {
            return out + err;
        }
    }
}
