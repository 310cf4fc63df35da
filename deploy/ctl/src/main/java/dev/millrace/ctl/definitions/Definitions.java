package dev.millrace.ctl.definitions;

import picocli.CommandLine.Command;

@Command(
        name = "definitions",
        description = "Look after definitions of workflows: graphs that have a name.",
        subcommands = {
            ListDefinitions.class,
            ShowDefinition.class,
            PutDefinition.class,
            ListVersions.class,
            RollBack.class,
            DeleteDefinition.class
        })
public final class Definitions {}
