package dev.millrace.ctl.bulk;

import picocli.CommandLine.Command;

@Command(
        name = "bulk",
        description = "Cancel, retry or delete many jobs in the background, and look how far that has come.",
        subcommands = {StartBulk.class, ListBulks.class, ShowBulk.class, AbortBulks.class})
public final class Bulk {}
