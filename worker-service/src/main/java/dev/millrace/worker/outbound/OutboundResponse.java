package dev.millrace.worker.outbound;

import dev.millrace.worker.outbound.content.ContentType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer, whose body is read as it arrives. Close it: that closes its connection. Belongs to one thread.
 *
 * <p>Reading {@link #body()} throws {@link OutboundFailed} when the other side breaks off before the end it announced,
 * or time runs out, and {@link OutboundRefused} when the body exceeds its cap or inflates like a bomb. An answer that
 * announced neither its length nor chunks ends where the connection ends, so its truncation cannot be detected.
 */
public final class OutboundResponse implements Closeable {

    private final Connection connection;
    private final GuardedBody body;
    private final List<Hop> hops;

    OutboundResponse(Connection connection, GuardedBody body, List<Hop> hops) {
        this.connection = connection;
        this.body = body;
        this.hops = hops;
    }

    /** One that the request accepts. */
    public int status() {
        return connection.status();
    }

    /** Where the answer came from at last, query included. */
    public String url() {
        return connection.target().url();
    }

    /** Every field, names in lower case; the values of one that came several times are joined by commas. */
    public Map<String, String> headers() {
        return connection.headers();
    }

    /** Where the document came from at last, for messages: without a query, which may carry secrets. */
    public String source() {
        return connection.target().toString();
    }

    /** Every request that was made for this answer, in order; the last is the one that it answers. */
    public List<Hop> hops() {
        return hops;
    }

    /** What the answer says that its body is. */
    public ContentType contentType() {
        return ContentType.of(header("Content-Type").orElse(""));
    }

    /** The first field of that name, in any case. */
    public Optional<String> header(String name) {
        return connection.header(name);
    }

    /** How many bytes {@link #received()} will reach at the end, if that is known. */
    public OptionalLong contentLength() {
        return connection.contentLength();
    }

    /** How many bytes of the body came over the wire so far, before they were inflated. */
    public long received() {
        return body.received();
    }

    /** Inflated, capped, and bound to the request's deadline. */
    public InputStream body() {
        return body;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
