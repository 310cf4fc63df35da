package dev.millrace.api.http.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The methods of each path, as the OpenAPI document has them. The framework does not tell them with a 405. */
@ApplicationScoped
public class AllowedMethods {

    /** Where the build leaves the document that is served at /q/openapi. */
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private final List<Path> paths;

    /** A path's template as a pattern, and its methods as the header Allow lists them. */
    private record Path(Pattern pattern, String methods) {}

    public AllowedMethods() {
        this.paths = read().path("paths").properties().stream()
                .sorted(Comparator.comparing(path -> path.getKey().contains("{")))
                .map(path -> new Path(pattern(path.getKey()), methods(path)))
                .toList();
    }

    /** What Allow says of the path; empty if the document does not have it. */
    Optional<String> of(String path) {
        return paths.stream()
                .filter(known -> known.pattern().matcher(path).matches())
                .map(Path::methods)
                .findFirst();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+") + "/?");
    }

    private static String methods(Map.Entry<String, JsonNode> path) {
        TreeSet<String> methods = new TreeSet<>();
        path.getValue().fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static JsonNode read() {
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            if (document == null) {
                throw new IllegalStateException("The build left no " + DOCUMENT + " in this service.");
            }
            return new ObjectMapper().readTree(document);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(DOCUMENT + " cannot be read.", unreadable);
        }
    }
}
