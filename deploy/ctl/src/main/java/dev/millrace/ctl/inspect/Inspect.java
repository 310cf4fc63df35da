package dev.millrace.ctl.inspect;

import picocli.CommandLine.Command;

@Command(
        name = "inspect",
        description = "Ask what runs, waits, is known and served.",
        subcommands = {Active.class, Reserved.class, Scheduled.class, Registered.class, Stats.class, ActiveQueues.class
        })
public final class Inspect {}
