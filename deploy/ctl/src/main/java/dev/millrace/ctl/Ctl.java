package dev.millrace.ctl;

import dev.millrace.ctl.profile.Target;
import dev.millrace.ctl.profile.Targets;
import dev.millrace.ctl.server.Server;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.terminal.Terminal;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Failures;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Typed;
import dev.millrace.ctl.verb.Verb;
import dev.millrace.time.TimeWiring;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind {@code ./millrace ctl}. Its exit status is an {@link Exit}. */
public final class Ctl {

    private static final Pattern SECRET = Pattern.compile("mr_[0-9A-Za-z]+_[0-9A-Za-z]+");

    private final Surroundings surroundings;

    /** One that runs within this process and ends nothing but its command line. */
    public Ctl(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] arguments) {
        Surroundings process = new Surroundings(
                Map.copyOf(System.getenv()),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Terminal.ofThisProcess(),
                TimeWiring.ofThisMachine(),
                UUID::randomUUID,
                end -> Runtime.getRuntime().addShutdownHook(new Thread(end)));
        System.exit(new Ctl(process).run(arguments).code());
    }

    /** Runs one command line, and returns when it is over and all it printed is written. */
    public Exit run(String... arguments) {
        Root root = new Root();
        CommandLine line = commandLine(root, arguments);
        try {
            ParseResult words = line.parseArgs(arguments);
            Output out = output(root);
            Integer helped = CommandLine.executeHelpRequest(words);
            surroundings.out().flush();
            return helped == null ? run(words, root, out) : Exit.DONE;
        } catch (ParameterException mistake) {
            return mistaken(mistake);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    private Exit run(ParseResult words, Root root, Output out) {
        CommandLine last = words.asCommandLineList().getLast();
        if (!(last.getCommand() instanceof Verb verb)) {
            throw new ParameterException(last, "A command is missing.");
        }
        try {
            return verb.run(session(root, out));
        } catch (RuntimeException failure) {
            return new Failures(out).tell(failure);
        }
    }

    private Session session(Root root, Output out) {
        return new Session(
                new Once<>(() -> server(root, out)),
                out,
                surroundings.time(),
                surroundings.in(),
                surroundings.ids(),
                surroundings.atExit());
    }

    private Server server(Root root, Output out) {
        Target target = new Targets(surroundings.environment()).choose(root.url, root.profile);
        if (target.isOverheard()) {
            out.note("The token goes to " + target.url() + " in the clear: https would hide it.");
        }
        return new Server(target.url(), target.token());
    }

    private Output output(Root root) {
        return new Output(surroundings.out(), surroundings.err(), surroundings.terminal(), root.json);
    }

    private CommandLine commandLine(Root root, String... arguments) {
        CommandLine line = new Verbs().reader(root, arguments);
        exits(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // @FILE is a payload's, as it is read
        line.setUsageHelpWidth(Math.clamp(surroundings.terminal().columns(), 60, 110));
        line.registerConverter(Duration.class, told(Typed::span));
        line.registerConverter(Instant.class, told(Typed::time));
        line.registerConverter(
                Typed.Ago.class,
                told(text -> Typed.ago(text, surroundings.time().instant())));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        return line;
    }

    /** A converter whose refusals are told as they are. */
    private static <T> ITypeConverter<T> told(Function<String, T> converter) {
        return text -> {
            try {
                return converter.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        };
    }

    private static void exits(CommandLine line) {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.of(Exit.values()).forEach(exit -> all.put(Integer.toString(exit.code()), exit.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(all);
    }

    private Exit mistaken(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        Output out = new Output(surroundings.out(), surroundings.err(), surroundings.terminal(), false);
        out.note(withoutSecrets(String.valueOf(mistake.getMessage())));
        List<String> near =
                mistake instanceof UnmatchedArgumentException unknown ? unknown.getSuggestions() : List.of();
        if (!near.isEmpty()) {
            out.note("Did you mean " + String.join(", or ", near) + "?");
        }
        out.note("'" + command.getCommandSpec().qualifiedName() + " --help' says what it takes.");
        return Exit.USAGE;
    }

    /** A token that was typed all the same shows up on no screen and in no log. */
    private static String withoutSecrets(String message) {
        return SECRET.matcher(message).replaceAll("mr_…");
    }

    private static PrintStream utf8(FileDescriptor file) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(file)), false, StandardCharsets.UTF_8);
    }
}
