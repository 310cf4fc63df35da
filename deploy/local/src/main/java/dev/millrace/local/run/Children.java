package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.Ledger;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every process that this launcher has started and that still runs. None outlives the launcher, however that ends: a
 * {@link Watchdog} ends them after {@code kill -9}. Safe for use by several threads.
 */
public final class Children implements AutoCloseable {

    private final Terminal terminal;
    private final Ledger ledger;
    private final Watchdog watchdog;
    private final Map<ChildProcess, Ledger.Entry> alive = new ConcurrentHashMap<>();
    private boolean closed;

    /** Starts the watchdog; the home is prepared. */
    public Children(Home home, Terminal terminal) {
        this.terminal = terminal;
        this.ledger = new Ledger(home);
        this.watchdog = Watchdog.over(home, terminal);
    }

    /**
     * Takes charge of a process that was started this moment, until it ends.
     *
     * @param program that it runs, as {@link Ledger.Entry} has it
     * @throws CannotStart if everything is being ended just now; the process is then ended too
     */
    public void adopt(String program, ChildProcess process) {
        synchronized (this) {
            if (closed) {
                process.kill();
                throw new CannotStart(process.name() + " is not started any more: everything is being stopped.");
            }
            Ledger.Entry entry = new Ledger.Entry(process.pid(), program, process.name());
            alive.put(process, entry);
            ledger.add(entry);
        }
        process.whenEnded(() -> release(process));
    }

    /** Whether the end has begun. */
    public synchronized boolean closed() {
        return closed;
    }

    /** Ends everything within 4.5 s. Returns when nothing runs any more; later calls wait for the first. */
    @Override
    public void close() {
        List<Ledger.Entry> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(alive.values());
        }
        new Ending(rest).run();
        alive.keySet().forEach(ChildProcess::waitForLastWords);
        watchdog.close();
    }

    private void release(ChildProcess process) {
        alive.remove(process);
        try {
            ledger.remove(process.pid());
        } catch (UncheckedIOException e) {
            // The next launcher reads a name too many, and sees by the command line that it is nobody's.
            terminal.say("The list of processes could not be written: " + e.getCause());
        }
    }
}
