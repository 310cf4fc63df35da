package dev.millrace.worker.outbound.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Deflated data, inflated; what was read beyond its end is given back to the stream that it is a part of. */
final class DeflatedPart extends InflaterInputStream {

    /** How much is read at once, and so how much can be given back. */
    static final int BUFFER = 8 * 1024;

    private static final int METHOD = 0x0F;
    private static final int DEFLATE = 8;
    private static final int CHECK = 31;

    private final PushbackInputStream whole;
    private boolean ended;

    /** @param zlib whether the data has the frame of RFC 1950 */
    DeflatedPart(PushbackInputStream whole, boolean zlib) {
        super(whole, new Inflater(!zlib), BUFFER);
        this.whole = whole;
    }

    /** A body that is nothing but such data, framed or not. */
    static InputStream only(InputStream body) throws IOException {
        var whole = new PushbackInputStream(body, BUFFER);
        byte[] head = whole.readNBytes(2);
        whole.unread(head);
        return head.length == 0
                ? InputStream.nullInputStream()
                : withNothingBehind(new DeflatedPart(whole, isZlib(head)));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = ended ? -1 : super.read(buffer, offset, length);
        if (count < 0 && !ended) {
            ended = true;
            whole.unread(buf, len - inf.getRemaining(), inf.getRemaining());
            inf.end();
        }
        return count;
    }

    /** RFC 1950: the method, and both octets as a number that 31 divides. */
    private static boolean isZlib(byte[] head) {
        int number = head.length < 2 ? 0 : ((head[0] & 0xFF) << Byte.SIZE) | (head[1] & 0xFF);
        return (head[0] & METHOD) == DEFLATE && number % CHECK == 0 && number > 0;
    }

    private static InputStream withNothingBehind(DeflatedPart part) {
        return new FilterInputStream(part) {

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count < 0 && part.whole.read() >= 0) {
                    throw new ZipException("More data follows what is deflated");
                }
                return count;
            }
        };
    }
}
