package dev.millrace.ctl.queues;

import picocli.CommandLine.Command;

@Command(
        name = "queues",
        description = "Look after queues, in which jobs wait.",
        subcommands = {
            ListQueues.class,
            ShowQueue.class,
            Backlog.class,
            SetQueue.class,
            PauseQueues.class,
            ResumeQueues.class,
            Purge.class
        })
public final class Queues {}
