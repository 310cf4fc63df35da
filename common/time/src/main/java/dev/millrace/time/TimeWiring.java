package dev.millrace.time;

import java.time.InstantSource;

/** Makes the time of programs that are put together by hand. */
public final class TimeWiring {

    private TimeWiring() {}

    /** The machine's clock and stopwatch, and pauses that last. */
    public static Time ofThisMachine() {
        return new Time(InstantSource.system(), System::nanoTime, Thread::sleep);
    }
}
