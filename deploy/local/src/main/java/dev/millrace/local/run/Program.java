package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;

/** Something that runs as one process and can be started again, in the same place. */
public interface Program {

    /** As in logs and {@code run.json}: {@code worker-1}, {@code redis}. */
    String name();

    /**
     * Starts it and returns when it is ready.
     *
     * @throws CannotStart if it does not become so; nothing is left of it then
     */
    ChildProcess start();

    /** It is ready, as this process: for whoever keeps account of it. */
    void ready(ChildProcess process);

    /** It has ended. */
    void ended();
}
