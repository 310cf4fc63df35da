package dev.millrace.api.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Stops the start for keys of features that are not here. Below a feature's own prefix SmallRye Config finds unknown
 * keys itself; it looks nowhere else.
 */
@ApplicationScoped
public class KnownKeys {

    private static final String PREFIX = "millrace.";
    private static final Set<String> FEATURES = new TreeSet<>(List.of("api", "live", "projection"));

    void check(@Observes StartupEvent starting, Config config) {
        check(config.getPropertyNames());
    }

    static void check(Iterable<String> keys) {
        List<String> unknown = StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.startsWith(PREFIX) && !FEATURES.contains(feature(key)))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "Unknown settings %s: behind 'millrace.' stands one of %s. Correct or remove them."
                            .formatted(unknown, FEATURES));
        }
    }

    private static String feature(String key) {
        return key.substring(PREFIX.length()).split("[.\\[]", 2)[0];
    }
}
