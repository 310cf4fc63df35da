package dev.millrace.proving.chaos.fault;

import dev.millrace.time.Time;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The account of all faults of a scenario. Safe for use by several threads. */
public final class FaultLog {

    private final Time time;
    private final Consumer<String> said;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** {@code said} is told of each fault in a line for people. */
    public FaultLog(Time time, Consumer<String> said) {
        this.time = time;
        this.said = said;
    }

    /** Something that is done now. */
    public void inflicted(Fault.Kind kind, String what, long pid) {
        long now = time.now();
        add(new Fault(now, now, kind, what, pid));
    }

    /** The last of a kind, to that process, is over. */
    public synchronized void over(Fault.Kind kind, long pid) {
        for (int i = faults.size() - 1; i >= 0; i--) {
            Fault fault = faults.get(i);
            if (fault.kind() == kind && fault.pid() == pid) {
                faults.set(i, fault.until(time.now()));
                return;
            }
        }
    }

    /** A process has ended, for whatever reason. */
    public void died(String what) {
        said.accept(what);
    }

    /** In the order of their times. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    private synchronized void add(Fault fault) {
        faults.add(fault);
        said.accept(fault.what());
    }
}
