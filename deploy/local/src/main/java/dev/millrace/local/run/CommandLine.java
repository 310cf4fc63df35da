package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words behind a verb of {@code ./millrace}, read one option after the other; {@code --jobs 100} and
 * {@code --jobs=100} are the same. What cannot be read is refused with {@link CannotStart}.
 */
public final class CommandLine {

    private static final int MOST_DIGITS = 7;

    private final String verb;
    private final String help;
    private final Deque<String> rest;
    private String word = "";
    private String option = "";

    /** {@code help} is the command that lists the options. */
    public CommandLine(String verb, String help, List<String> arguments) {
        this.verb = verb;
        this.help = help;
        this.rest = new ArrayDeque<>(arguments);
    }

    /** Whether a word is left. */
    public boolean hasNext() {
        return !rest.isEmpty();
    }

    /** The next option, or word that is none. */
    public String next() {
        word = rest.removeFirst();
        int equals = word.startsWith("-") ? word.indexOf('=') : -1;
        if (equals > 0) {
            rest.addFirst(word.substring(equals + 1));
        }
        option = equals > 0 ? word.substring(0, equals) : word;
        return option;
    }

    /** The option that was read last. */
    public String option() {
        return option;
    }

    /** Its value. */
    public String value() {
        if (rest.isEmpty()) {
            throw new CannotStart(option + " lacks its value: '" + help + "' says what it takes.");
        }
        return rest.removeFirst();
    }

    /** Its value, which is a number. */
    public int number(int least, int most) {
        String text = value();
        boolean digits = text.matches("\\d{1," + MOST_DIGITS + "}");
        if (!digits || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new CannotStart(option + " takes a number from " + least + " to " + most + ", not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    /** The refusal of the word that was read last. */
    public CannotStart unknown() {
        return new CannotStart("'" + verb + "' has no option '" + word + "': '" + help + "' lists those it has.");
    }

    /** What a variable of the environment is set to; empty if it is blank. */
    public static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The checkout that the system property {@code millrace.checkout} names, default the working directory. */
    public static Path checkout() {
        return Path.of(System.getProperty("millrace.checkout", ""))
                .toAbsolutePath()
                .normalize();
    }

    /** The folder that {@code MILLRACE_HOME} names, default {@code .millrace} in the checkout. */
    public static Path home(Path checkout, Map<String, String> environment) {
        return set(environment, "MILLRACE_HOME").map(Path::of).orElse(checkout.resolve(".millrace"));
    }

    /** Ends the program with status 1 and this line on stderr. */
    public static void fail(String why) {
        PrintStream err = System.err;
        System.out.flush();
        err.println("millrace: " + why);
        System.exit(1);
    }
}
