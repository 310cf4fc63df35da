package dev.millrace.local.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what is ready, by which tools and tests find it. It appears when everything is ready for the first
 * time, loses a process when that ends, gains it again when its successor is ready, and goes with the launcher. Safe
 * for use by several threads.
 */
public final class RunFile {

    private static final String FILE = "run.json";

    /** A service that is ready. */
    public record Service(String name, long pid, String url) {}

    /**
     * A server.
     *
     * @param pid null of one that is not ours, or does not run just now
     */
    @JsonInclude
    public record Server(@Nullable Long pid, String url) {}

    private final Home home;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Map<String, Service>> services = new LinkedHashMap<>();
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private boolean published;

    /** Removes the file of an earlier launcher. */
    public RunFile(Home home) {
        this.home = home;
        for (String role : List.of("api", "worker", "scheduler")) {
            services.put(role, new TreeMap<>());
        }
        delete();
    }

    /** A service is ready. {@code role} is api, worker or scheduler. */
    public synchronized void ready(String role, Service service) {
        ofRole(role).put(service.name(), service);
        writeOncePublished();
    }

    /** A service has ended. */
    public synchronized void ended(String role, String name) {
        ofRole(role).remove(name);
        writeOncePublished();
    }

    /** {@code name} is redis or postgres. */
    public synchronized void server(String name, Server server) {
        servers.put(name, server);
        writeOncePublished();
    }

    /** Everything is ready: writes the file now and at every change from here on. */
    public synchronized void publish() {
        published = true;
        writeOncePublished();
    }

    /** Nothing is to be found here any more. */
    public synchronized void withdraw() {
        published = false;
        delete();
    }

    /** The folder that it lies in. */
    public Home home() {
        return home;
    }

    public Path file() {
        return home.folder().resolve(FILE);
    }

    private Map<String, Service> ofRole(String role) {
        Map<String, Service> found = services.get(role);
        if (found == null) {
            throw new IllegalArgumentException("No role '" + role + "' (known: " + services.keySet() + ").");
        }
        return found;
    }

    private void writeOncePublished() {
        if (!published) {
            return;
        }
        Map<String, Object> content = new LinkedHashMap<>();
        services.forEach((role, ready) -> content.put(role, new ArrayList<>(ready.values())));
        content.putAll(servers);
        try {
            home.replace(FILE, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
