package dev.millrace.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service with what is off in all other tests: access control, and tracing, whose spans are exported to memory. */
public final class SwitchedOn implements QuarkusTestProfile {

    public static final String ADMIN_TOKEN = "of-tests-0123456789-abcdefghijklmn";

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
                ADMIN_TOKEN);
    }
}
