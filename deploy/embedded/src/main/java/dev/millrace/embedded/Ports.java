package dev.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** TCP ports of 127.0.0.1. */
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int SPAN = 12_000;
    /** So far apart do processes begin that were started one after the other. */
    private static final int STRIDE = 97;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % SPAN));

    private Ports() {}

    /**
     * A port that nobody listened on a moment ago, and that this process has not given away lately. Another process may
     * take it before its user does, but no connection: it lies below the ports from which systems choose those.
     */
    public static int free() {
        for (int tried = 0; tried < SPAN; tried++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), SPAN);
            if (isFree(port)) {
                return port;
            }
        }
        throw new CannotStart("No free port on 127.0.0.1 from " + LOWEST + " to " + (LOWEST + SPAN - 1) + ".");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bound(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** As many different ones. */
    public static List<Integer> free(int count) {
        return Stream.generate(Ports::free).distinct().limit(count).toList();
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
