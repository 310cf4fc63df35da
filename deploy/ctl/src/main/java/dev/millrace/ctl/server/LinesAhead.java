package dev.millrace.ctl.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines of a stream, read ahead by a thread of their own, since a read that waits cannot be given up. */
final class LinesAhead implements AutoCloseable {

    private static final int AHEAD = 1_024;

    /** What came within a time. */
    sealed interface Next {

        record Line(String text) implements Next {}

        /** The stream has ended, or broke off. */
        record End() implements Next {}

        record Silence() implements Next {}
    }

    private final BlockingQueue<Next> lines = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;
    private final Thread reader;

    LinesAhead(InputStream in) {
        this.in = in;
        this.reader = Thread.ofPlatform().daemon().name("event-lines").start(this::readAll);
    }

    /** The next line, if one comes within the time. */
    Next next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(lines.poll(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS))
                .orElseGet(Next.Silence::new);
    }

    /** Ends the connection. */
    @Override
    public void close() {
        reader.interrupt();
        try {
            in.close();
        } catch (IOException broken) {
            // It is to be closed, and is.
        }
    }

    private void readAll() {
        try {
            readLines();
            lines.put(new Next.End());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() throws InterruptedException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.put(new Next.Line(line));
            }
        } catch (IOException broken) {
            // Where a stream breaks off it ends.
        }
    }
}
