package dev.millrace.bench.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the tasks saw. Counting costs no more than a look at the clock, so that it does not measure itself: the count goes
 * to its file when {@link #flush} is called. A stamp or a mark is in its file when the call returns, and outlives a
 * {@code kill -9}. Safe for use by several threads.
 */
final class Records {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path out;
    private final String countFile;
    private final InstantSource clock;
    private final LongAdder calls = new LongAdder();
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();
    private long flushed;

    Records(Path out, long pid, InstantSource clock) {
        this.out = out;
        this.countFile = "count." + pid;
        this.clock = clock;
    }

    void count() {
        long now = now();
        if (first.get() == 0) {
            first.compareAndSet(0, now);
        }
        last.lazySet(now);
        calls.increment();
    }

    void stamp(long id) {
        append("stamp.log", id + " " + now() + "\n");
    }

    void mark(String what, long id) {
        append("mark.log", what + " " + id + " " + now() + "\n");
    }

    /** Writes the count down if it has changed since the last call. */
    synchronized void flush() {
        long counted = calls.sum();
        if (counted != flushed) {
            flushed = counted;
            write("%020d %020d %020d\n".formatted(counted, first.get(), last.get()));
        }
    }

    // All lines are equally long: whoever reads meanwhile sees the old one or the new one.
    private void write(String line) {
        try (FileChannel file =
                FileChannel.open(out.resolve(countFile), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String file, String line) {
        try {
            Files.writeString(out.resolve(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
