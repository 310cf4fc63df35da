package dev.millrace.worker.tasks.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that misbehaves as told: what a line begins with decides what it answers. */
final class ScriptedSmtp implements AutoCloseable {

    /** Hangs up instead of answering. */
    static final String CUT = "cut";
    /** Never answers. */
    static final String SILENCE = "silence";

    private final ServerSocket server;
    private final Map<String, String> answers;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ScriptedSmtp(Map<String, String> answers) throws IOException {
        this.answers = answers;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What was received, each with the line end that it had. */
    List<String> lines() {
        return lines;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // That is how a test ends it.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean data = false;
            for (String line = "connected"; !line.isEmpty(); line = line(in)) {
                data = data && !line.equals(".\r\n");
                String answer = data ? "" : answer(line);
                if (answer.equals(CUT)) {
                    return;
                }
                if (!answer.isEmpty() && !answer.equals(SILENCE)) {
                    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
                data = data || answer.startsWith("354");
            }
        } catch (IOException gone) {
            // The client is: nothing is left to answer.
        }
    }

    private String answer(String line) {
        String usual = line.equals("connected") ? "220 test" : line.startsWith("DATA") ? "354 go on" : "250 fine";
        return answers.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }

    private String line(BufferedReader in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        lines.add(line.toString());
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
