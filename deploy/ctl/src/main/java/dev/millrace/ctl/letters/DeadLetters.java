package dev.millrace.ctl.letters;

import picocli.CommandLine.Command;

@Command(
        name = "dlq",
        description = "Look after jobs that failed for good, each of which left a dead letter.",
        subcommands = {ListLetters.class, GroupLetters.class, ShowLetter.class, Requeue.class, Resolve.class})
public final class DeadLetters {}
