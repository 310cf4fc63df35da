package dev.millrace.ctl;

import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Show what a command takes, as its --help does.")
final class Help implements Verb {

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Which one: 'help dlq requeue'.")
    List<String> words = List.of();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Exit run(Session session) {
        CommandLine command = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new Unusable("There is no command '" + String.join(" ", words) + "'.");
            }
            command = next;
        }
        session.out().text(command.getUsageMessage());
        return Exit.DONE;
    }
}
