package dev.millrace.embedded;

import dev.millrace.embedded.ChildProcess.Signal;
import java.io.IOException;

/** Sends signals, which Java itself only can for SIGTERM and SIGKILL. */
public final class Signals {

    private Signals() {}

    /**
     * Sends a signal and returns when the system took it; a process that is gone, or is not ours, gets none.
     *
     * @throws CannotStart if no shell can be run
     */
    public static void send(long pid, Signal signal) {
        try {
            // The shell's own kill: a slim machine has no other.
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new CannotStart("Could not send " + signal + " to process " + pid + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
