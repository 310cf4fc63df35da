package dev.millrace.local.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves the files that lie directly in some folders, on a free port of 127.0.0.1, for reading only, at a network's pace. */
public final class SampleServer implements AutoCloseable {

    private static final byte[] NOT_FOUND = "No such sample; / lists them.\n".getBytes(StandardCharsets.UTF_8);

    /** About 1 MiB a second. */
    private static final int PORTION_BYTES = 64 * 1024;

    private static final Duration PORTION_PAUSE = Duration.ofMillis(60);

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Path> folders;

    private SampleServer(HttpServer server, List<Path> folders) {
        this.server = server;
        this.folders = List.copyOf(folders);
    }

    /** Starts serving. */
    public static SampleServer start(List<Path> folders) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SampleServer samples = new SampleServer(http, folders);
            http.createContext("/", samples::answer);
            http.setExecutor(samples.threads);
            http.start();
            return samples;
        } catch (IOException e) {
            throw new CannotStart("Could not serve the samples: " + e + ".", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Breaks off what is being served. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            if (name.isEmpty()) {
                send(exchange, 200, "text/plain; charset=utf-8", names().getBytes(StandardCharsets.UTF_8));
                return;
            }
            Optional<Path> file = files().filter(found -> isNamed(found, name)).findFirst();
            if (file.isPresent()) {
                send(exchange, file.get());
            } else {
                send(exchange, 404, "text/plain; charset=utf-8", NOT_FOUND);
            }
        }
    }

    // The name is looked up among the files there are; no path is ever made of it.
    private static boolean isNamed(Path file, String name) {
        return file.getFileName().toString().equals(name);
    }

    private Stream<Path> files() throws IOException {
        Stream<Path> all = Stream.empty();
        for (Path folder : folders) {
            try (Stream<Path> inFolder = Files.list(folder)) {
                all = Stream.concat(all, inFolder.filter(Files::isRegularFile).sorted().toList().stream());
            }
        }
        return all;
    }

    private String names() throws IOException {
        return files().map(file -> url() + "/" + file.getFileName()).collect(Collectors.joining("\n", "", "\n"));
    }

    private void send(HttpExchange exchange, Path file) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", type(file.getFileName().toString()));
        if (sendsBody(exchange, 200, Files.size(file))) {
            try (OutputStream out = exchange.getResponseBody();
                    InputStream in = Files.newInputStream(file)) {
                trickle(in, out);
            }
        }
    }

    // A job that reads the large sample then lasts some seconds, as over a network, and can be watched.
    private void trickle(InputStream in, OutputStream out) throws IOException {
        byte[] portion = in.readNBytes(PORTION_BYTES);
        while (portion.length > 0) {
            out.write(portion);
            out.flush();
            if (closesWithin(PORTION_PAUSE)) {
                return;
            }
            portion = in.readNBytes(PORTION_BYTES);
        }
    }

    private boolean closesWithin(Duration pause) throws IOException {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The samples are no longer served.");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (sendsBody(exchange, status, body.length)) {
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean sendsBody(HttpExchange exchange, int status, long length) throws IOException {
        boolean body = !"HEAD".equals(exchange.getRequestMethod()) && length > 0;
        exchange.sendResponseHeaders(status, body ? length : -1);
        return body;
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "rss" -> "application/rss+xml; charset=utf-8";
            case "atom" -> "application/atom+xml; charset=utf-8";
            case "csv" -> "text/csv; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
