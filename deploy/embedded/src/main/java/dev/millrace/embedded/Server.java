package dev.millrace.embedded;

import dev.millrace.time.Time;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a server is started, as often as wanted, on a port that stays the same.
 *
 * @param name in sentences
 * @param begin starts a process, and does not wait for it
 * @param launched is told of each process right after its launch
 * @param answers whether the process can be worked with
 * @param patience how long it may take until it answers
 * @param time by which that is measured
 */
record Server(
        String name,
        int port,
        Supplier<ChildProcess> begin,
        Consumer<ChildProcess> launched,
        Predicate<ChildProcess> answers,
        Duration patience,
        Time time) {

    private static final Duration TICK = Duration.ofMillis(10);

    /**
     * Starts a process and returns when it answers.
     *
     * @throws CannotStart if the port is taken, or the process ends or stays silent for longer than the patience; nothing
     *     runs then
     */
    ChildProcess start() {
        Ports.orFree(port, name);
        ChildProcess process = begin.get();
        try {
            launched.accept(process);
            awaitAnswer(process);
            return process;
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private void awaitAnswer(ChildProcess process) {
        long began = time.reading();
        while (!answers.test(process)) {
            if (process.endsWithin(TICK)) {
                throw new CannotStart(name + " ended with " + process.ending() + " instead of starting; it said: "
                        + String.join(" | ", process.lastLines()));
            }
            if (time.passed(patience, began)) {
                throw new CannotStart(
                        name + " on port " + port + " did not answer within " + patience.toSeconds() + " s.");
            }
        }
    }
}
