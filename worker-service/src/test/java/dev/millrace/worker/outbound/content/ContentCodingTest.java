package dev.millrace.worker.outbound.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.worker.outbound.LocalWeb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

    private static final byte[] DATA = randomBytes(100_000);

    @ParameterizedTest
    @CsvSource({
        "'', IDENTITY",
        "identity, IDENTITY",
        "gzip, GZIP",
        "X-GZIP, GZIP",
        "' gzip ,identity, ', GZIP",
        "deflate, DEFLATE",
        "br,",
        "zstd,",
        "utf-8,",
        "'gzip, gzip',",
        "'deflate, gzip',"
    })
    void readsTheField(String field, ContentCoding expected) {
        assertThat(ContentCoding.of(field).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void takesNoByteForNoContent(ContentCoding coding) throws IOException {
        assertThat(coding.decoded(InputStream.nullInputStream())).isEmpty();
    }

    @Test
    void readsGzipDeflateAndItsBareForm() throws IOException {
        assertThat(ContentCoding.GZIP.decoded(dripping(LocalWeb.gzip(DATA)))).hasBinaryContent(DATA);
        assertThat(ContentCoding.DEFLATE.decoded(dripping(LocalWeb.deflate(DATA, false))))
                .hasBinaryContent(DATA);
        assertThat(ContentCoding.DEFLATE.decoded(dripping(LocalWeb.deflate(DATA, true))))
                .hasBinaryContent(DATA);
        assertThat(ContentCoding.IDENTITY.decoded(dripping(DATA))).hasBinaryContent(DATA);
    }

    @Test
    void readsEveryMemberAndItsOptionalFields() throws IOException {
        byte[] named = LocalWeb.gzip("one ".getBytes(UTF_8));
        named[3] = 0b11110;
        byte[] fields = {2, 0, 'x', 'y', 'n', 0, 'c', 0, 0, 0};
        byte[] full = joined(Arrays.copyOf(named, 10), fields, Arrays.copyOfRange(named, 10, named.length));

        InputStream body = dripping(joined(full, LocalWeb.gzip(new byte[0]), LocalWeb.gzip("two".getBytes(UTF_8))));

        assertThat(ContentCoding.GZIP.decoded(body)).hasContent("one two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\n", "\0", "\u001f", "<html>"})
    void saysWhatFollowsTheEnd(String garbage) {
        byte[] behind = garbage.getBytes(UTF_8);

        assertThatThrownBy(() -> read(ContentCoding.GZIP, joined(LocalWeb.gzip(DATA), behind)))
                .isInstanceOfAny(ZipException.class, EOFException.class);
        assertThatThrownBy(() -> read(ContentCoding.DEFLATE, joined(LocalWeb.deflate(DATA, false), behind)))
                .isInstanceOf(ZipException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 500, 100_000})
    void failsIfTheEndIsMissing(int bytes) {
        assertThatThrownBy(() -> read(ContentCoding.GZIP, Arrays.copyOf(LocalWeb.gzip(DATA), bytes)))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(ContentCoding.DEFLATE, Arrays.copyOf(LocalWeb.deflate(DATA, false), bytes)))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void failsIfTheChecksumsDoNotFit() {
        byte[] crc = LocalWeb.gzip(DATA);
        crc[crc.length - 8]++;
        byte[] size = LocalWeb.gzip(DATA);
        size[size.length - 1]++;

        assertThatThrownBy(() -> read(ContentCoding.GZIP, crc)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> read(ContentCoding.GZIP, size)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> read(ContentCoding.GZIP, "plain text".getBytes(UTF_8)))
                .isInstanceOf(ZipException.class);
    }

    private static byte[] read(ContentCoding coding, byte[] body) throws IOException {
        return coding.decoded(dripping(body)).readAllBytes();
    }

    /** In pieces, as networks deliver. */
    private static InputStream dripping(byte[] data) {
        int half = data.length / 2;
        return new SequenceInputStream(
                new ByteArrayInputStream(data, 0, half), new ByteArrayInputStream(data, half, data.length - half));
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
