package dev.millrace.worker.drain;

import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Ends a worker that has lost more than a tenth of its slots to threads that do not end: only a new process gets them
 * back. It drains like any other that stops, and whoever supervises it knows the exit code.
 */
public final class LeakGuard {

    /** The exit code of a worker that ends because of leaked slots. */
    public static final int EXIT_CODE = 86;

    private static final int TENTH = 10;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(LeakGuard.class);

    private final IntSupplier leaks;
    private final IntSupplier slots;
    private final IntConsumer exit;
    private boolean exiting;

    /**
     * Watches all slots of a worker together.
     *
     * @param leaks how many of them are leaked now
     * @param slots how many there are now
     * @param exit begins to stop the process with this exit code; called once at most
     */
    public LeakGuard(IntSupplier leaks, IntSupplier slots, IntConsumer exit) {
        this.leaks = leaks;
        this.slots = slots;
        this.exit = exit;
    }

    public Duration lookOnce() {
        int leaked = leaks.getAsInt();
        int all = slots.getAsInt();
        if (!exiting && leaked * TENTH > all) {
            exiting = true;
            LOG.errorf(
                    "%d of %d slots are held by tasks that do not end after their time limit: this worker drains and exits with code %d.",
                    leaked, all, EXIT_CODE);
            exit.accept(EXIT_CODE);
        }
        return LOOK;
    }
}
