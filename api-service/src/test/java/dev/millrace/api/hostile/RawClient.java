package dev.millrace.api.hostile;

import dev.millrace.api.contract.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes bytes as they are, and reads replies of HTTP/1.1; on one connection. */
final class RawClient implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Nothing more will be sent. */
    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * The next reply; that to a stream has no body, and is the last one of this connection.
     *
     * @throws EOFException if the connection was closed instead
     */
    Answer receive(String method, String path) throws IOException {
        String status = line();
        Map<String, List<String>> headers = headers();
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        if (code == 100) {
            return receive(method, path);
        }
        String type = first(headers, "content-type").replaceAll(";.*", "");
        return new Answer(method, path, code, type, headers, body(method, code, headers, type));
    }

    /** Whether the server has closed the connection; waits for it. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String body(String method, int code, Map<String, List<String>> headers, String type) throws IOException {
        if (method.equals("HEAD") || code == 204 || code == 304 || type.equals("text/event-stream")) {
            return "";
        }
        String length = first(headers, "content-length");
        byte[] bytes = length.isEmpty() ? chunks(headers) : in.readNBytes(Integer.parseInt(length));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] chunks(Map<String, List<String>> headers) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!first(headers, "transfer-encoding").equals("chunked")) {
            return in.readAllBytes();
        }
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.write(in.readNBytes(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed.");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
