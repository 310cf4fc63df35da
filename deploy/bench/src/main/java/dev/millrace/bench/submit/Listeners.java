package dev.millrace.bench.submit;

import dev.millrace.local.run.ShownToken;
import dev.millrace.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that each watch one job by server-sent events, over a connection of their own, until they are told of its end. */
public final class Listeners implements AutoCloseable {

    private static final String DONE = "event:done";

    private final String headers;
    private final Time time;
    private final Map<Long, Long> told = new ConcurrentHashMap<>();
    private final List<Socket> sockets;
    private final AtomicInteger greeted = new AtomicInteger();
    private final CountDownLatch open;

    private Listeners(String headers, Time time, List<Socket> sockets) {
        this.headers = headers;
        this.time = time;
        this.sockets = sockets;
        this.open = new CountDownLatch(sockets.size());
    }

    /** Begins to watch these jobs, which are known by the numbers that are their places. */
    static Listeners of(URI api, ShownToken token, Time time, List<UUID> jobs) {
        List<Socket> sockets = jobs.stream().map(job -> connected(api)).toList();
        Listeners listeners = new Listeners(Wire.headers(api, token), time, sockets);
        for (int number = 0; number < jobs.size(); number++) {
            int place = number;
            Thread.ofVirtual().start(() -> listeners.watch(place, jobs.get(place)));
        }
        return listeners;
    }

    /** Whether all are connected and have been answered. */
    public boolean ready() {
        return greeted.get() == sockets.size();
    }

    /** Whether each was told of the end of its job, or lost its connection. */
    public boolean done() {
        return open.getCount() == 0;
    }

    /** When each was told, in nanoseconds since 1970. */
    public Map<Long, Long> told() {
        return Map.copyOf(told);
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Socket connected(URI api) {
        try {
            return new Socket(api.getHost(), api.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + api, e);
        }
    }

    private void watch(int place, UUID job) {
        try (Socket socket = sockets.get(place);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String request = "GET /api/v1/jobs/" + job + "/events HTTP/1.1\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            read(place, in);
        } catch (IOException e) {
            // The connection was lost: its number is missing in what was told.
        } finally {
            open.countDown();
        }
    }

    private void read(long place, BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("HTTP/1.1 200")) {
                greeted.incrementAndGet();
            } else if (line.replace(" ", "").equals(DONE)) {
                told.put(place, time.stamp());
                return;
            }
        }
    }
}
