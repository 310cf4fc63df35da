package dev.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** TCP ports of 127.0.0.1. */
public final class Ports {

    private Ports() {}

    /** A port that nobody listened on a moment ago. Another process may take it before its user does. */
    public static int free() {
        try (ServerSocket socket = bound(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart("No free port on 127.0.0.1: " + e.getMessage() + ".", e);
        }
    }

    /** As many different ones. */
    public static List<Integer> free(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            found.add(free());
        }
        return List.copyOf(found);
    }

    /**
     * The port to use where {@code wanted} was asked for, 0 meaning any.
     *
     * <p>The test is a bind: a server that answers on a port is no proof that it is the one just started.
     *
     * @param who what would listen there, for the message
     * @throws CannotStart if somebody listens on it already
     */
    public static int orFree(int wanted, String who) {
        if (wanted == 0) {
            return free();
        }
        try (ServerSocket socket = bound(wanted)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart(
                    "Port " + wanted + " for " + who + " is taken by another process (" + e.getMessage()
                            + "): stop that one, or choose another port.",
                    e);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // Connections of a server that has just gone linger; they do not make its port taken.
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
