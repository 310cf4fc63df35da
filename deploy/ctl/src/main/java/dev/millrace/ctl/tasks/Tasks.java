package dev.millrace.ctl.tasks;

import picocli.CommandLine.Command;

@Command(
        name = "tasks",
        description = "See which tasks there are.",
        subcommands = {ListTasks.class, ShowTask.class})
public final class Tasks {}
