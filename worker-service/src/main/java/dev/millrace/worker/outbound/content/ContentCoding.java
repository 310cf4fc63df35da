package dev.millrace.worker.outbound.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a body is coded on its way: the values of {@code Content-Encoding} that can be read. */
public enum ContentCoding {
    /** As it is. */
    IDENTITY,
    /** RFC 1952. */
    GZIP,
    /** RFC 1950, or RFC 1951 alone, which servers send under the same name. */
    DEFLATE;

    /**
     * Reads the field, all its values in one.
     *
     * @return empty if it names a coding that is none of these, or several
     */
    public static Optional<ContentCoding> of(String field) {
        List<String> codings = Stream.of(field.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
        return switch (String.join(",", codings)) {
            case "" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }

    /**
     * The content; of a body without a byte it is empty, whatever its coding.
     *
     * @throws IOException if the body cannot be read; reading what is returned throws {@link java.util.zip.ZipException}
     *     where it is broken, or followed by other data
     */
    public InputStream decoded(InputStream body) throws IOException {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> new GzipStream(body);
            case DEFLATE -> DeflatedPart.only(body);
        };
    }
}
