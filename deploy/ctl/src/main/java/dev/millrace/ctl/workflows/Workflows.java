package dev.millrace.ctl.workflows;

import picocli.CommandLine.Command;

@Command(
        name = "workflows",
        description = "Look after workflows: jobs that follow each other.",
        subcommands = {
            ListWorkflows.class,
            ShowWorkflow.class,
            StartWorkflow.class,
            SignalWorkflow.class,
            CancelWorkflows.class,
            RetryWorkflows.class
        })
public final class Workflows {}
