package dev.millrace.worker.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
                return timed(super::read);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return timed(() -> super.read(buffer, offset, length));
            }
        };
    }

    private interface Read {
        int once() throws IOException;
    }

    /** The clock of a read's timeout is not that of the deadline: whichever of the two was nearer is the one that ended it. */
    private int timed(Read read) throws IOException {
        boolean last = deadline.isWithin(idleTimeout);
        setSoTimeout(deadline.millisFor(idleTimeout));
        try {
            return read.once();
        } catch (SocketTimeoutException silent) {
            throw last ? new RequestDeadline.Passed() : silent;
        }
    }
}
