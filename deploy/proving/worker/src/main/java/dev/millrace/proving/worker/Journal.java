package dev.millrace.proving.worker;

import dev.millrace.job.Token;
import dev.millrace.task.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * What runs there were. A line is with the system when the call returns and outlives a {@code kill -9}; each is one write at the
 * file's end, so that several processes may share the file. Safe for use by several threads.
 */
final class Journal {

    private final Path file;
    private final long pid;
    private final InstantSource clock;

    Journal(Path file, long pid, InstantSource clock) {
        this.file = file;
        this.pid = pid;
        this.clock = clock;
    }

    void started(TaskContext run) {
        append("{\"kind\":\"start\",\"at\":%d,\"job\":\"%s\",\"token\":\"%s\",\"attempt\":%d,\"worker\":\"%d\"}\n"
                .formatted(clock.millis(), run.jobId(), token(run), run.attempt(), pid));
    }

    void stopped(TaskContext run) {
        append("{\"kind\":\"stop\",\"at\":%d,\"job\":\"%s\",\"token\":\"%s\",\"worker\":\"%d\"}\n"
                .formatted(clock.millis(), run.jobId(), token(run), pid));
    }

    private static String token(TaskContext run) {
        Token token = Token.unpack(run.fencingToken());
        return token.epoch() + "." + token.run() + "." + token.delivery();
    }

    private void append(String line) {
        try (FileChannel end = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            end.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
