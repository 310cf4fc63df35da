package dev.millrace.proving.chaos.fault;

import dev.millrace.proving.chaos.time.Time;
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

    /** Something that is done now, and explains as many repeated runs. */
    public void inflicted(String what, long pid, int repeats) {
        add(new Fault(time.now(), what, pid, repeats, false));
    }

    /** A process has ended, for whatever reason. */
    public void died(String what, long pid) {
        add(new Fault(time.now(), what, pid, 0, true));
    }

    /** In the order of their times. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    private void add(Fault fault) {
        faults.add(fault);
        said.accept(fault.what());
    }
}
