package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service with what is off in all other tests: access control, calls from pages of named origins, and tracing, whose spans are exported to memory. */
public final class SwitchedOn implements QuarkusTestProfile {

    public static final String ADMIN_TOKEN = "of-tests-0123456789-abcdefghijklmn";

    /** Whose pages may call with a token. */
    public static final String CALLING_ORIGIN = "https://console.example.org";

    /** Whose pages may use the browser's session too. */
    public static final String TRUSTED_ORIGIN = "https://ops.example.org";

    /** Whoever has the installation's own token. */
    public static Client admin(int port) {
        return new Client(port, ADMIN_TOKEN);
    }

    /** A new token, as its holder sends it. */
    public static String token(Client admin, String role, String tenant) {
        Reply made = admin.post(
                "/api/v1/tokens", "{\"name\":\"test\",\"role\":\"%s\",\"tenant\":\"%s\"}".formatted(role, tenant));
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("token").asText();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.otel.sdk.disabled",
                "false",
                "quarkus.otel.simple",
                "true",
                "millrace.api.access.enabled",
                "true",
                "millrace.api.access.admin-token",
                ADMIN_TOKEN,
                "millrace.api.cors.origins",
                CALLING_ORIGIN + "," + TRUSTED_ORIGIN,
                "millrace.api.cors.credentials",
                TRUSTED_ORIGIN);
    }
}
