package dev.millrace.api.http.access.browser;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which pages of other origins may call (CORS). Without any of these keys, none may. {@link CorsSettings} checks it. */
@ConfigMapping(prefix = "millrace.api.cors")
interface CorsConfig {

    /** Origins such as {@code https://console.example.org}, compared exactly. Their pages may call, and show a token in a header. */
    Optional<List<String>> origins();

    /** Those of the origins whose pages may also call with the browser's session. A browser has one only for pages of the same site. */
    Optional<List<String>> credentials();
}
