package dev.millrace.proving.chaos.fault;

import dev.millrace.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A link between programs and a server on this machine, that can be troubled while it is used. Programs connect to
 * {@link #port}; a trouble holds for connections of before and after, until the next. Safe for use by several threads.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int PIECE = 8_192;
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final String name;
    private final int target;
    private final RandomGenerator chance;
    private final Time time;
    private final ServerSocket door;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile Trouble trouble = Trouble.NONE;

    private FaultProxy(String name, int target, RandomGenerator chance, Time time) throws IOException {
        this.name = name;
        this.target = target;
        this.chance = chance;
        this.time = time;
        this.door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    }

    /** Opens a link without trouble to a port of 127.0.0.1; nothing need listen there yet. */
    public static FaultProxy to(String name, int target, RandomGenerator chance, Time time) {
        try {
            FaultProxy proxy = new FaultProxy(name, target, chance, time);
            Thread.ofVirtual().name("link " + name).start(proxy::welcome);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    /** Where programs connect to. */
    public int port() {
        return door.getLocalPort();
    }

    /** How many connections there are now. */
    public int connections() {
        return pairs.size();
    }

    /** Begins a trouble and ends the one before. */
    public void trouble(Trouble begins) {
        trouble = begins;
        if (begins instanceof Trouble.Cut) {
            pairs.forEach(Pair::close);
        }
    }

    /** Resets all connections of this moment, as a firewall does that has forgotten them. */
    public void reset() {
        pairs.forEach(Pair::reset);
    }

    /** Closes all connections, and takes no more. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pairs.forEach(Pair::close);
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                // Or out of descriptors, which passes.
                time.rest(LOOK_AGAIN);
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        Pair pair = new Pair(client, server);
        try {
            awaitAPassing();
            if (trouble instanceof Trouble.Cut) {
                pair.close();
                return;
            }
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            pair.open();
        } catch (IOException nobodyThere) {
            pair.close();
        }
    }

    private void awaitAPassing() {
        while (trouble instanceof Trouble.HalfOpen && !door.isClosed()) {
            time.rest(LOOK_AGAIN);
        }
    }

    private void lag(Trouble.Slow slow, int bytes) {
        long jitter = slow.jitter().toNanos();
        long drawn = jitter == 0 ? 0 : chance.nextLong(-jitter, jitter + 1);
        Duration transfer = Duration.ofSeconds(1).multipliedBy(bytes).dividedBy(slow.bytesPerSecond());
        time.rest(slow.delay().plusNanos(drawn).plus(transfer));
    }

    /** A program's connection, and ours to the server. */
    private final class Pair {

        private final Socket client;
        private final Socket server;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void open() {
            pairs.add(this);
            Thread.ofVirtual().start(() -> pump(client, server, false));
            Thread.ofVirtual().start(() -> pump(server, client, true));
            // The cut may have come while it was being opened.
            if (trouble instanceof Trouble.Cut) {
                close();
            }
        }

        private void pump(Socket from, Socket to, boolean answers) {
            try {
                pass(from.getInputStream(), to.getOutputStream(), answers);
            } catch (IOException broken) {
                // Either side may end it at any moment; the other is told below.
            } finally {
                close();
            }
        }

        private void pass(InputStream in, OutputStream out, boolean answers) throws IOException {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                awaitAPassing();
                Trouble now = trouble;
                if (answers && now instanceof Trouble.RepliesLost) {
                    reset();
                    return;
                }
                if (now instanceof Trouble.Slow slow) {
                    lag(slow, n);
                }
                out.write(piece, 0, n);
            }
        }

        void close() {
            pairs.remove(this);
            end(client);
            end(server);
        }

        void reset() {
            try {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (IOException gone) {
                // Then there is nothing to reset.
            }
            close();
        }

        private static void end(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
    }
}
