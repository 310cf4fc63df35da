package dev.millrace.worker.outbound.content;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads gzip as RFC 1952 has it: member after member to the end of the stream, which may have none. Java's own reader
 * takes whatever follows a member, and is none, for the end, and says nothing.
 */
final class GzipStream extends InputStream {

    private static final int FIRST = 0x1F;
    private static final int SECOND = 0x8B;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int TIME_AND_SYSTEM = 6;

    private final PushbackInputStream in;
    private final CRC32 crc = new CRC32();
    private long size;
    private @Nullable DeflatedPart member;

    GzipStream(InputStream in) {
        this.in = new PushbackInputStream(in, DeflatedPart.BUFFER);
    }

    @Override
    public int read() throws IOException {
        byte[] one = readNBytes(1);
        return one.length == 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        for (DeflatedPart open = current(); open != null; open = current()) {
            int count = open.read(buffer, offset, length);
            if (count >= 0) {
                crc.update(buffer, offset, count);
                size += count;
                return count;
            }
            end();
        }
        return -1;
    }

    private @Nullable DeflatedPart current() throws IOException {
        if (member == null && begins()) {
            crc.reset();
            size = 0;
            member = new DeflatedPart(in, false);
        }
        return member;
    }

    /** Passes over a member's header; false at the end of the stream. */
    private boolean begins() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        if (first != FIRST || octet() != SECOND || octet() != DEFLATE) {
            throw new ZipException("Not in gzip format");
        }
        int flags = octet();
        in.skipNBytes(TIME_AND_SYSTEM);
        if ((flags & EXTRA) != 0) {
            in.skipNBytes(octet() | (octet() << Byte.SIZE));
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        in.skipNBytes(flags & HEADER_CRC);
        return true;
    }

    private void skipText(int flag) throws IOException {
        while (flag != 0 && octet() != 0) {
            // One character of it.
        }
    }

    private void end() throws IOException {
        member = null;
        if (number() != crc.getValue() || number() != (size & 0xFFFF_FFFFL)) {
            throw new ZipException("Corrupt gzip trailer");
        }
    }

    /** Four octets, the least first. */
    private long number() throws IOException {
        return octet() | (octet() << 8) | (octet() << 16) | ((long) octet() << 24);
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }
}
