package dev.millrace.api.http.access.browser;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which origins may call. Checked when the service starts.
 *
 * @param origins all of them
 * @param credentials those that may also use the browser's session
 */
record CorsSettings(Set<String> origins, Set<String> credentials) {

    /** As browsers write them: no path, no upper case, by TLS unless it is this machine. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?:https://[a-z0-9.-]+|http://(?:localhost|127\\.0\\.0\\.1|\\[::1]))(?::[1-9][0-9]{0,4})?");

    CorsSettings {
        origins = Set.copyOf(origins);
        credentials = Set.copyOf(credentials);
        origins.forEach(CorsSettings::requireOrigin);
        for (String origin : credentials) {
            if (!origins.contains(origin)) {
                throw new IllegalArgumentException(
                        "millrace.api.cors.credentials has '%s', which is not among millrace.api.cors.origins %s."
                                .formatted(origin, origins));
            }
        }
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming what is no origin, or is named for credentials only
     */
    static CorsSettings of(CorsConfig config) {
        return new CorsSettings(
                Set.copyOf(config.origins().orElse(List.of())),
                Set.copyOf(config.credentials().orElse(List.of())));
    }

    private static void requireOrigin(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    ("millrace.api.cors.origins has '%s', which is no origin such as https://console.example.org:"
                                    + " https, or http on loopback, in lower case, without a path and without wildcards.")
                            .formatted(origin));
        }
    }
}
