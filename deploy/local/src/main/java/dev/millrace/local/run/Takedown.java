package dev.millrace.local.run;

import dev.millrace.embedded.CommandLines;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.home.Ledger;
import dev.millrace.local.home.RunFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The end of all that runs for a home, asked for by another process than its launcher. */
public final class Takedown {

    private final Home home;
    private final String launcherProgram;

    /** {@code launcherProgram} stands in the command line of every launcher. */
    public Takedown(Home home, String launcherProgram) {
        this.home = home;
        this.launcherProgram = launcherProgram;
    }

    /**
     * Ends the launcher, which ends its children, and what a killed one has left, within 15 s. Returns the names of what
     * ran; what could not be ended is then still in {@link Home#running}.
     *
     * @throws dev.millrace.embedded.CannotStart if another launcher starts meanwhile, or this one does not end
     */
    public List<String> run() {
        List<String> names = new ArrayList<>();
        launcher().ifPresent(pid -> names.add("the launcher (process " + pid + ")"));
        home.running().stream().map(Ledger.Entry::name).distinct().forEach(names::add);
        launcher().ifPresent(Ending::ofLauncher);
        endTheRest();
        return names;
    }

    private void endTheRest() {
        HomeLock lock = HomeLock.take(home);
        try {
            new Ending(home.running()).run();
            new RunFile(home).withdraw();
        } finally {
            lock.close();
        }
    }

    // The lock is held, so its holder lives; its number is read from a file, and so looked at twice.
    private OptionalLong launcher() {
        OptionalLong holder = HomeLock.holder(home);
        return holder.isPresent() && CommandLines.of(holder.getAsLong()).contains(launcherProgram)
                ? holder
                : OptionalLong.empty();
    }
}
