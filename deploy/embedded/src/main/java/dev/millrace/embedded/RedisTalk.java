package dev.millrace.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to Redis for the few questions asked where no client library is: PING, INFO, what lies in a stream. Not
 * for use by several threads.
 */
public final class RedisTalk implements AutoCloseable {

    private static final int DEFAULT_PORT = 6379;

    private final Socket socket;
    private final InputStream in;

    private RedisTalk(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects, and signs in if the address has a password.
     *
     * @param url {@code redis://[[user]:password@]host[:port]}, or {@code rediss} for TLS
     * @param timeout of the connection and of each answer
     */
    public static RedisTalk open(URI url, Duration timeout) throws IOException {
        Socket socket = connected(url, timeout);
        try {
            RedisTalk talk = new RedisTalk(socket);
            talk.signIn(url);
            return talk;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks, and reads one answer that is no list.
     *
     * @throws IOException if the connection breaks or Redis answers with an error, whose text is then the message
     */
    public String ask(String... words) throws IOException {
        if (tree(words) instanceof String text) {
            return text;
        }
        throw new IOException(words[0] + " was answered with a list");
    }

    /**
     * Asks, and reads one answer of any shape.
     *
     * @return a String, or a List whose elements are such again; what Redis calls nil is an empty string
     * @throws IOException if the connection breaks or Redis answers with an error, whose text is then the message
     */
    public Object tree(String... words) throws IOException {
        socket.getOutputStream().write(request(words));
        return answer();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void signIn(URI url) throws IOException {
        String userInfo = url.getRawUserInfo();
        if (userInfo == null) {
            return;
        }
        int colon = userInfo.indexOf(':');
        String user = decoded(userInfo.substring(0, Math.max(colon, 0)));
        String password = decoded(userInfo.substring(colon + 1));
        if (user.isEmpty()) {
            ask("AUTH", password);
        } else {
            ask("AUTH", user, password);
        }
    }

    private static Socket connected(URI url, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(url.getHost(), port), millis);
            plain.setSoTimeout(millis);
            return "rediss".equals(url.getScheme()) ? encrypted(plain, url.getHost(), port) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(bytes);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private Object answer() throws IOException {
        String head = line();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException(rest);
        };
    }

    private Object list(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        List<Object> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(answer());
        }
        return elements;
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("Redis closed the connection in the middle of an answer");
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8).trim();
        if (text.isEmpty()) {
            throw new IOException("an empty line where Redis would have answered");
        }
        return text;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
