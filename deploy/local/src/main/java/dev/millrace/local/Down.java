package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.Ledger;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Takedown;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * The program behind {@code ./millrace down}: it ends all that runs for {@code MILLRACE_HOME}, says in one line what that
 * was, and exits with 0 when nothing runs any more, with 1 if something does.
 */
public final class Down {

    private Down() {}

    public static void main(String[] arguments) {
        try {
            System.out.println("millrace: " + end(home(List.of(arguments), System.getenv())));
        } catch (CannotStart e) {
            CommandLine.fail(e.sentence());
        } catch (UncheckedIOException e) {
            CommandLine.fail("A file could not be read or written: " + e.getCause());
        }
    }

    private static Home home(List<String> arguments, Map<String, String> environment) {
        CommandLine line = new CommandLine("down", "./millrace help", arguments);
        if (line.hasNext()) {
            line.next();
            throw line.unknown();
        }
        return new Home(CommandLine.home(CommandLine.checkout(), environment));
    }

    private static String end(Home home) {
        List<String> ran = Files.isDirectory(home.folder()) ? takeDown(home) : List.of();
        return ran.isEmpty()
                ? "nothing runs in " + home.folder() + "."
                : "ended " + String.join(", ", ran) + " in " + home.folder() + ".";
    }

    private static List<String> takeDown(Home home) {
        List<String> ran = new Takedown(home, Up.class.getName()).run();
        List<Ledger.Entry> left = home.running();
        if (!left.isEmpty()) {
            throw new CannotStart("These could not be ended, whoever they belong to: " + left + ".");
        }
        return ran;
    }
}
