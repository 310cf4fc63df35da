package dev.millrace.bench.submit;

import dev.millrace.local.run.ShownToken;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection to an api, kept open, for one request at a time. It costs a tenth of what a general client does, so that one
 * who submits jobs one by one measures the api and not itself. For one thread.
 */
final class Wire implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int STATUS = 9;
    private static final int STATUS_END = 12;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final int HEX = 16;

    private final Socket socket;
    private final InputStream in;
    private final String begin;

    /** What came back. */
    record Answer(int status, String body) {}

    private Wire(Socket socket, String begin) throws IOException {
        this.socket = socket;
        this.begin = begin;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param api a URL with a port and without a path
     * @param token what every request shows
     */
    static Wire to(URI api, ShownToken token) {
        try {
            return new Wire(new Socket(api.getHost(), api.getPort()), headers(api, token));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + api, e);
        }
    }

    /** Those of every request, whole lines with their ends. */
    static String headers(URI api, ShownToken token) {
        return "Host: " + api.getHost() + ":" + api.getPort() + "\r\n"
                + token.header()
                        .map(shown -> "Authorization: " + shown + "\r\n")
                        .orElse("");
    }

    /** Sends a JSON document and returns the answer; {@code headers} are whole lines with their ends. */
    Answer post(String path, String headers, String document) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\n" + begin + "Content-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        try {
            socket.getOutputStream().write(request);
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException("POST " + path + " was not answered", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(STATUS, STATUS_END));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).trim());
            }
            chunked |= lower.equals(CHUNKED);
        }
        return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        StringBuilder all = new StringBuilder();
        int length;
        do {
            length = Integer.parseInt(line(), HEX);
            all.append(text(length));
            line();
        } while (length > 0);
        return all.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection was closed within an answer.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("The connection was closed before an answer.");
            }
            line.append((char) one);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }
}
