package dev.millrace.worker.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server that plays bytes: the first answer to the first request, and so on, the last one to all that follow. It hangs
 * up behind each. An answer is text, each octet one character.
 */
public final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public RawServer(String... answers) {
        this(InetAddress.getLoopbackAddress(), port -> List.of(answers));
    }

    /** @param answers made of the port that the server listens on */
    RawServer(InetAddress address, Function<String, List<String>> answers) {
        try {
            server = new ServerSocket(0, 50, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answers = answers.apply(port());
        Thread.ofVirtual().start(this::accept);
    }

    /** The first line of each request, without the version. */
    public List<String> requests() {
        return requests;
    }

    public String url(String path) {
        return "http://localhost:" + port() + path;
    }

    String port() {
        return Integer.toString(server.getLocalPort());
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    answer(socket);
                }
            }
        } catch (IOException closed) {
            // That is how a test ends it.
        }
    }

    /** Reads the whole request first: hanging up on unread data resets a connection. */
    private void answer(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        requests.add(in.readLine().replace(" HTTP/1.1", ""));
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
        }
        in.skip(length);
        String answer = answers.get(Math.min(requests.size(), answers.size()) - 1);
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
