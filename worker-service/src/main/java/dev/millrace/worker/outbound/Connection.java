package dev.millrace.worker.outbound;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** One request and its answer on a connection of its own: nothing is pooled, so nothing outlives its checks. */
final class Connection implements Closeable {

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_FIELDS = 200;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(MAX_LINE)
            .setMaxHeaderCount(MAX_FIELDS)
            .build();

    private final Target target;
    private final Socket socket;
    private final ClassicHttpResponse response;

    private Connection(Target target, Socket socket, ClassicHttpResponse response) {
        this.target = target;
        this.socket = socket;
        this.response = response;
    }

    /** Sends a GET and reads the head of its answer; closes the socket if that fails. */
    static Connection get(Target target, Map<String, String> headers, Socket socket) throws IOException, HttpException {
        try {
            return new Connection(target, socket, exchange(request(target, headers), socket));
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

    OptionalLong contentLength() {
        long length = response.getEntity().getContentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    InputStream body() throws OutboundFailed {
        try {
            return response.getEntity().getContent();
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

    private static BasicClassicHttpRequest request(Target target, Map<String, String> headers) {
        var request = new BasicClassicHttpRequest("GET", target.path());
        request.setHeader("Host", target.authority());
        request.setHeader("User-Agent", "Millrace");
        request.setHeader("Accept-Encoding", "gzip");
        request.setHeader("Connection", "close");
        headers.forEach(request::setHeader);
        return request;
    }
}
