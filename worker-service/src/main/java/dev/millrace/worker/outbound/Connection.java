package dev.millrace.worker.outbound;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a connection of its own: nothing is pooled, so nothing outlives its checks. */
final class Connection implements Closeable {

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_FIELDS = 200;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Set<String> ANNOUNCE_NO_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(MAX_LINE)
            .setMaxHeaderCount(MAX_FIELDS)
            .build();

    private final Target target;
    private final Socket socket;
    private final ClassicHttpResponse response;
    private final boolean empty;

    private Connection(Target target, Socket socket, ClassicHttpResponse response, boolean empty) {
        this.target = target;
        this.socket = socket;
        this.response = response;
        this.empty = empty;
    }

    /** Sends a request and reads the head of its answer; closes the socket if that fails. */
    static Connection send(Target target, OutboundRequest request, Socket socket) throws IOException, HttpException {
        try {
            ClassicHttpResponse response = exchange(message(target, request), socket);
            return new Connection(target, socket, response, isEmpty(request, response.getCode()));
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

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** Every field of the answer, names in lower case; what came several times is joined by commas. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value(header), (one, other) -> one + ", " + other);
        }
        return headers;
    }

    OptionalLong contentLength() {
        if (empty) {
            return OptionalLong.of(0);
        }
        long length = response.getEntity().getContentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    InputStream body() throws OutboundFailed {
        try {
            return empty ? InputStream.nullInputStream() : response.getEntity().getContent();
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
        var connection = new DefaultBHttpClientConnection(HTTP);
        connection.bind(socket);
        connection.sendRequestHeader(request);
        connection.sendRequestEntity(request);
        connection.flush();
        ClassicHttpResponse response = finalResponse(connection);
        connection.receiveResponseEntity(response);
        return response;
    }

    /** Passes over informational answers; the deadline bounds how many there can be. */
    private static ClassicHttpResponse finalResponse(DefaultBHttpClientConnection connection)
            throws IOException, HttpException {
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (response.getCode() < FIRST_FINAL_STATUS) {
            response = connection.receiveResponseHeader();
        }
        return response;
    }

    /** Whatever length is announced: that of HEAD is of a body that would have come. */
    private static boolean isEmpty(OutboundRequest request, int status) {
        return request.method().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
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
        byte[] body = request.body().orElse("").getBytes(StandardCharsets.UTF_8);
        if (request.body().isPresent() || !ANNOUNCE_NO_BODY.contains(request.method())) {
            message.setHeader("Content-Length", body.length);
            message.setEntity(new ByteArrayEntity(body, null));
        }
        return message;
    }
}
