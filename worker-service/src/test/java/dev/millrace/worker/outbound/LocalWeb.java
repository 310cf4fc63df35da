package dev.millrace.worker.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.worker.outbound.address.Resolver;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocketFactory;

/** A web server on loopback, and clients that may reach it. */
public final class LocalWeb implements AutoCloseable {

    /** Answers one request. */
    @FunctionalInterface
    public interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final Map<String, String> LOOPBACK = Map.of(
            "millrace.worker.outbound.allow-loopback", "true", "millrace.worker.outbound.allow-any-port", "true");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public LocalWeb() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** A client that may reach loopback on any port. */
    public static OutboundHttp client() {
        return client(host -> List.of(InetAddress.getLoopbackAddress()), LOOPBACK);
    }

    static OutboundHttp client(Resolver resolver, Map<String, String> properties) {
        return new OutboundHttp(
                config(properties), resolver, (SSLSocketFactory) SSLSocketFactory.getDefault(), InstantSource.system());
    }

    static OutboundHttp loopbackClient(Map<String, String> more) {
        return client(host -> List.of(InetAddress.getLoopbackAddress()), loopbackAnd(more));
    }

    static Map<String, String> loopbackAnd(Map<String, String> more) {
        var all = new HashMap<>(LOOPBACK);
        more.forEach((key, value) -> all.put("millrace.worker.outbound." + key, value));
        return all;
    }

    static OutboundConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OutboundConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(OutboundConfig.class);
    }

    public LocalWeb serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                page.answer(exchange);
            }
        });
        return this;
    }

    public LocalWeb serve(String path, String contentType, byte[] body) {
        return serve(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    public LocalWeb serve(String path, String body) {
        return serve(path, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public LocalWeb redirect(String path, String location) {
        return serve(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    public String url(String path) {
        return "http://localhost:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public static byte[] gzip(byte[] data) {
        return compressed(data, GZIPOutputStream::new);
    }

    /** In the frame of RFC 1950, or bare. */
    public static byte[] deflate(byte[] data, boolean bare) {
        return compressed(data, out -> new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, bare)));
    }

    private static byte[] compressed(byte[] data, Coding coding) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = coding.around(bytes)) {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Coding {
        OutputStream around(OutputStream out) throws IOException;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
