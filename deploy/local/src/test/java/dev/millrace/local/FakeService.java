package dev.millrace.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands in for all three services, as little as the launcher needs of them. It knows which it is by the jar that it
 * runs from. A worker "registers" by a file in the home; the api lists those files as workers of a task, and counts
 * as many ended jobs as are ever asked for.
 */
final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        String role = role();
        if (role.equals(System.getenv("FAKE_FAILS"))) {
            System.out.println("cannot work like this");
            System.exit(3);
        }
        if (role.equals(System.getenv("FAKE_STUBBORN"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeService::blockForever));
        }
        System.out.println("profile " + System.getenv("QUARKUS_PROFILE") + ", grace "
                + System.getenv("MILLRACE_WORKER_GRACE") + ", redis " + System.getenv("REDIS_URL"));
        serve(role);
    }

    private static void serve(String role) throws IOException {
        String id = role + "-" + ProcessHandle.current().pid();
        Path registry = Files.createDirectories(Path.of(System.getenv("MILLRACE_HOME"), "fake-workers"));
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer http = HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"), port), 0);
        answer(http, "/q/health/ready", () -> """
            {"status":"UP","checks":[{"name":"redis","status":"UP"},{"name":"%s","status":"UP","data":{"id":"%s"}}]}\
            """.formatted(role, id));
        answer(http, "/api/v1/tasks", () -> tasks(registry));
        answer(http, "/api/v1/jobs", () -> "{\"SUCCEEDED\":5000}");
        http.start();
        if ("worker".equals(role)) {
            Files.writeString(registry.resolve(id), "");
        }
    }

    private static String tasks(Path registry) throws IOException {
        try (Stream<Path> workers = Files.list(registry)) {
            String ids = workers.map(file -> "\"" + file.getFileName() + "\"").collect(Collectors.joining(","));
            return "{\"items\":[{\"name\":\"demo.echo\",\"workers\":[" + ids + "]}],\"nextCursor\":null}";
        }
    }

    private interface Answer {
        String text() throws IOException;
    }

    private static void answer(HttpServer http, String path, Answer answer) {
        http.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static void blockForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String role() {
        String jar = FakeService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.replaceFirst(".*/(api|worker|scheduler)-service/.*", "$1");
    }
}
