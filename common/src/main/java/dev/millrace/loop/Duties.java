package dev.millrace.loop;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Starts the duties of a service, which are watched and ended with its loops. May be used by many threads. */
public final class Duties {

    private final Rates rates;
    private final Loops loops;
    private final LongSupplier nanos;

    /**
     * Has none at first.
     *
     * @param nanos a monotonic reading, by which duties measure how late they are
     */
    public Duties(Rates rates, Loops loops, LongSupplier nanos) {
        this.rates = rates;
        this.loops = loops;
        this.nanos = nanos;
    }

    /**
     * Starts one whose turns take less than {@link Loops#LONGEST_TURN}; the first comes soon.
     *
     * @param name in logs, meters and health, where no loop and no other duty has it
     * @param period a second or more
     */
    public void start(String name, Duration period, Duty.Work work) {
        Duty duty = new Duty(name, period, work, nanos, loops.log(name));
        loops.watch(duty);
        rates.every(period, name, duty::turn);
    }
}
