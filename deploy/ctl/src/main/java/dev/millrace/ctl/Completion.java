package dev.millrace.ctl;

import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script for bash or zsh that makes a command of this program and completes its words: "
                + "eval \"$(./millrace ctl completion)\"")
final class Completion implements Verb {

    /** The system property by which a launcher says how it was called. */
    static final String COMMAND = "millrace.ctl.command";

    @Option(names = "--name", paramLabel = "NAME", description = "Of the command that is made (${DEFAULT-VALUE}).")
    String name = "mrctl";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Exit run(Session session) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,63}")) {
            throw new Unusable("A command is named by letters, digits, '-' and '_'.");
        }
        String command = System.getProperty(COMMAND);
        if (command != null) {
            session.out().text("%s() { '%s' ctl \"$@\"; }".formatted(name, command.replace("'", "'\\''")));
        }
        session.out().text(AutoComplete.bash(name, spec.root().commandLine()));
        return Exit.DONE;
    }
}
