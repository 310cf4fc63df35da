package dev.millrace.worker.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * A socket whose every read ends at the deadline. A plain read timeout starts again with each byte, so a peer that
 * sends one now and then would hold its reader forever; this holds for the TLS handshake and the headers too.
 */
final class DeadlineSocket extends Socket {

    private final RequestDeadline deadline;
    private final Duration idleTimeout;

    DeadlineSocket(RequestDeadline deadline, Duration idleTimeout) {
        this.deadline = deadline;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {

            @Override
            public int read() throws IOException {
                setSoTimeout(deadline.millisFor(idleTimeout));
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                setSoTimeout(deadline.millisFor(idleTimeout));
                return super.read(buffer, offset, length);
            }
        };
    }
}
