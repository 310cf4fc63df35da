package dev.millrace.ctl.verb;

import picocli.CommandLine.Option;

/** How many items of a list are shown. */
public final class Most {

    @Option(names = "--limit", paramLabel = "N", description = "Show so many at most (${DEFAULT-VALUE}).")
    int limit = 50;

    @Option(names = "--all", description = "Show all, however many there are.")
    boolean all;

    /** At least one. */
    public int count() {
        return all ? Integer.MAX_VALUE : Math.max(1, limit);
    }
}
