package dev.millrace.proving.blackbox;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that serves what it is given, under addresses that nobody else was given. */
final class Web implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    Web() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                pages.getOrDefault(exchange.getRequestURI().getPath(), answer(404, Map.of(), new byte[0]))
                        .handle(exchange);
            }
        });
        server.start();
    }

    /** A page of some text, in a charset that its type names. Returns its URL. */
    String page(String type, String text, Charset charset) {
        return page(200, Map.of("Content-Type", type + "; charset=" + charset.name()), text.getBytes(charset));
    }

    /** Any answer to any request. Returns its URL. */
    String page(int status, Map<String, String> headers, byte[] body) {
        String path = "/" + number.incrementAndGet();
        pages.put(path, answer(status, headers, body));
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static HttpHandler answer(int status, Map<String, String> headers, byte[] body) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
