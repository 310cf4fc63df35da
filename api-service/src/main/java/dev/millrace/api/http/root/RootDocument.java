package dev.millrace.api.http.root;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first thing that a person or a program reads of this service. All links are relative to the server.
 *
 * @param version of the build
 */
record RootDocument(String version) {

    private static final String NAME = "Millrace";
    private static final String DOCUMENTATION =
            "The README.md of the sources is the first page; that of api-service has every call, key and meter.";

    /** Where to read on. */
    enum Link {
        OPENAPI("/q/openapi", "every call, as an OpenAPI document"),
        PROBLEMS("/problems", "what each kind of refusal means, and what to do"),
        HEALTH("/q/health", "whether the service is well"),
        METRICS("/q/metrics", "its meters, for Prometheus"),
        TASKS("/api/v1/tasks", "what workers can run"),
        JOBS("/api/v1/jobs", "the latest jobs"),
        SCHEDULES("/api/v1/schedules", "what makes jobs at the times of a plan");

        private final String path;
        private final String meaning;

        Link(String path, String meaning) {
            this.path = path;
            this.meaning = meaning;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String json() {
        ObjectNode links = JsonNodeFactory.instance.objectNode();
        Stream.of(Link.values()).forEach(link -> links.put(link.key(), link.path));
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("name", NAME)
                .put("version", version)
                .put("documentation", DOCUMENTATION);
        document.set("links", links);
        return document.toPrettyString();
    }

    String html() {
        return """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>%1$s</title>
            <h1>%1$s %2$s</h1>
            <p>Background jobs over REST, and their events as they happen. %3$s</p>
            <ul>
            %4$s
            </ul>
            </html>
            """.formatted(NAME, version, DOCUMENTATION, items());
    }

    private static String items() {
        return Stream.of(Link.values())
                .map(link -> "<li><a href=\"%1$s\">%1$s</a> %2$s".formatted(link.path, link.meaning))
                .collect(Collectors.joining("\n"));
    }
}
