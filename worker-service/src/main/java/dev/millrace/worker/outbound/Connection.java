package dev.millrace.worker.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.worker.outbound.content.ContentCoding;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a connection of its own: nothing is pooled, so nothing outlives its checks. */
final class Connection implements Closeable {

    static final int MAX_LINE = 16 * 1024;
    static final int MAX_FIELDS = 200;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Set<String> ANNOUNCE_NO_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
    /** The library refuses what reaches a bound, and counts a line's end but for its last character. */
    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(MAX_LINE + 2)
            .setMaxHeaderCount(MAX_FIELDS + 1)
            .build();

    /** A connection's own parser would not know the bounds. */
    private static final DefaultHttpResponseParserFactory PARSERS = new DefaultHttpResponseParserFactory(HTTP);

    private final Target target;
    private final String method;
    private final Socket socket;
    private final ClassicHttpResponse response;

    private Connection(Target target, String method, Socket socket, ClassicHttpResponse response) {
        this.target = target;
        this.method = method;
        this.socket = socket;
        this.response = response;
    }

    /** Sends a request and reads the head of its answer; closes the socket if that fails. */
    static Connection send(Target target, OutboundRequest request, Socket socket) throws IOException, HttpException {
        try {
            ClassicHttpResponse response = exchange(message(target, request), socket);
            return new Connection(target, request.method(), socket, response);
        } catch (IOException | HttpException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    Target target() {
        return target;
    }

    int status() {
        return response.getCode();
    }

    Hop hop() {
        return new Hop(method, target.toString(), status());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Connection::text);
    }

    /** The different values of a field, each octet as one character. */
    List<String> octets(String name) {
        return Stream.of(response.getHeaders(name))
                .map(Connection::value)
                .distinct()
                .toList();
    }

    /** Every field of the answer, names in lower case; what came several times is joined by commas. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(header.getName().toLowerCase(Locale.ROOT), text(header), (one, other) -> one + ", " + other);
        }
        return headers;
    }

    /** The body's coding; none if there is no body, whatever is announced. */
    Optional<ContentCoding> coding() {
        return ContentCoding.of(isEmpty() ? "" : String.join(",", octets("Content-Encoding")));
    }

    OptionalLong contentLength() {
        if (isEmpty()) {
            return OptionalLong.of(0);
        }
        long length = response.getEntity().getContentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    InputStream body() throws OutboundFailed {
        try {
            return isEmpty()
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
        } catch (IOException e) {
            throw new OutboundFailed("The body of %s cannot be read.".formatted(target), e);
        }
    }

    /** Does not read what is left: that could take as long as the other side likes. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static ClassicHttpResponse exchange(BasicClassicHttpRequest request, Socket socket)
            throws IOException, HttpException {
        var connection = new DefaultBHttpClientConnection(HTTP, null, null, new Framing(), null, null, PARSERS);
        connection.bind(socket);
        connection.sendRequestHeader(request);
        connection.sendRequestEntity(request);
        connection.flush();
        ClassicHttpResponse response = finalResponse(connection);
        if (!isEmpty(request.getMethod(), response.getCode())) {
            connection.receiveResponseEntity(response);
        }
        return response;
    }

    /** Passes over informational answers; the deadline bounds how many there can be. */
    private static ClassicHttpResponse finalResponse(DefaultBHttpClientConnection connection)
            throws IOException, HttpException {
        ClassicHttpResponse response = head(connection);
        while (response.getCode() < FIRST_FINAL_STATUS) {
            response = head(connection);
        }
        return response;
    }

    /** The library reads three digits as a status, and makes no answer of three zeroes. */
    private static ClassicHttpResponse head(DefaultBHttpClientConnection connection) throws IOException, HttpException {
        try {
            return connection.receiveResponseHeader();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Not a status", e);
        }
    }

    private boolean isEmpty() {
        return isEmpty(method, status());
    }

    /** Whatever length is announced: that of HEAD is of a body that would have come. */
    private static boolean isEmpty(String method, int status) {
        return method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** UTF-8 if it can be, as servers write it; else Latin-1, as HTTP once had it. */
    private static String text(Header header) {
        String octets = value(header);
        String text = new String(octets.getBytes(ISO_8859_1), UTF_8);
        return Arrays.equals(text.getBytes(UTF_8), octets.getBytes(ISO_8859_1)) ? text : octets;
    }

    private static String value(Header header) {
        return header.getValue() == null ? "" : header.getValue();
    }

    /** The trace goes along unless the task has its own idea of it. */
    private static void addHeader(@Nullable BasicClassicHttpRequest message, String name, String value) {
        if (message != null && !message.containsHeader(name)) {
            message.setHeader(name, value);
        }
    }

    private static BasicClassicHttpRequest message(Target target, OutboundRequest request) {
        var message = new BasicClassicHttpRequest(request.method(), target.path());
        message.setHeader("Host", target.authority());
        message.setHeader("User-Agent", "Millrace");
        message.setHeader("Accept-Encoding", "gzip");
        message.setHeader("Connection", "close");
        request.headers().forEach(message::setHeader);
        W3CTraceContextPropagator.getInstance().inject(Context.current(), message, Connection::addHeader);
        byte[] body = request.body().orElse("").getBytes(UTF_8);
        if (request.body().isPresent() || !ANNOUNCE_NO_BODY.contains(request.method())) {
            message.setHeader("Content-Length", body.length);
            message.setEntity(new ByteArrayEntity(body, null));
        }
        return message;
    }
}
