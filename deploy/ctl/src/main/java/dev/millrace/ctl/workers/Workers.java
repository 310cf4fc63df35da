package dev.millrace.ctl.workers;

import picocli.CommandLine.Command;

@Command(
        name = "workers",
        description = "Look after workers, which run jobs.",
        subcommands = {
            ListWorkers.class,
            ShowWorker.class,
            JobsOfWorker.class,
            Ping.class,
            Drain.class,
            ResumeWorkers.class,
            Shutdown.class,
            Pool.class,
            Serve.class,
            Leave.class
        })
public final class Workers {}
