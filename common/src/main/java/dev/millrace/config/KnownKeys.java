package dev.millrace.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Stops the start of a service for keys of features that no service has. Below a feature's own prefix SmallRye Config
 * finds unknown keys itself; it looks nowhere else. Keys of another service are let pass, since one environment often
 * serves all.
 */
@ApplicationScoped
public class KnownKeys {

    private static final String PREFIX = "millrace.";
    private static final Pattern END_OF_FEATURE = Pattern.compile("[.\\[]");

    /** The first words of all services' keys, and of what the launcher and its environment pass on. */
    private static final Set<String> FEATURES =
            new TreeSet<>(List.of("access", "admin", "aot", "api", "home", "java", "scheduler", "schedules", "worker"));

    void check(@Observes @Initialized(ApplicationScoped.class) Object started, Config config) {
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
        return END_OF_FEATURE
                .splitAsStream(key.substring(PREFIX.length()))
                .findFirst()
                .orElse("");
    }
}
