package dev.millrace.worker.outbound;

import dev.millrace.worker.outbound.content.ContentCoding;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body that stops at its cap, at a suspicious inflation and at the deadline, each with a sentence. */
final class GuardedBody extends InputStream {

    /** Small documents may be repetitive: below this the ratio says nothing. */
    private static final long INFLATE_FREELY = 64 * 1024L;

    private final Target target;
    private final RequestDeadline deadline;
    private final long maxBytes;
    private final int maxRatio;
    private final ContentCoding coding;
    private final Counted wire;
    private @Nullable InputStream content;
    private long delivered;

    GuardedBody(Connection connection, RequestDeadline deadline, long maxBytes, int maxRatio) throws OutboundException {
        this.target = connection.target();
        this.deadline = deadline;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
        this.coding = coding(connection);
        this.wire = new Counted(connection.body());
        if (!isCompressed() && connection.contentLength().orElse(0) > maxBytes) {
            throw tooLarge();
        }
    }

    long received() {
        return wire.count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = readNBytes(1);
        return one.length == 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = readOrExplain(buffer, offset, length);
        delivered += Math.max(0, count);
        if (delivered > maxBytes) {
            throw tooLarge();
        }
        if (isCompressed() && delivered > INFLATE_FREELY && (delivered - 1) / maxRatio >= wire.count) {
            throw new OutboundRefused("The body of %s inflates to more than %d times its size: not read any further."
                    .formatted(target, maxRatio));
        }
        return count;
    }

    private int readOrExplain(byte[] buffer, int offset, int length) throws OutboundException {
        try {
            return content().read(buffer, offset, length);
        } catch (IOException e) {
            throw Failures.explain(e, "reading the body of " + target + " after " + wire.count + " bytes", deadline);
        }
    }

    /** Opened late: how it begins is part of a body that may be broken. */
    private InputStream content() throws IOException {
        if (content == null) {
            content = coding.decoded(wire);
        }
        return content;
    }

    private OutboundRefused tooLarge() {
        return new OutboundRefused("The body of %s is larger than the %d bytes allowed.".formatted(target, maxBytes));
    }

    private boolean isCompressed() {
        return coding != ContentCoding.IDENTITY;
    }

    private static ContentCoding coding(Connection connection) throws OutboundRefused {
        return connection
                .coding()
                .orElseThrow(() -> new OutboundRefused(
                        "%s answered in a Content-Encoding other than gzip and deflate, which was not asked for."
                                .formatted(connection.target())));
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
