package dev.millrace.api.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.query.UtcTimes;
import dev.millrace.json.JsonFields;
import dev.millrace.names.Names;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a new token.
 *
 * @param expiresAt null for the usual time
 * @param requestsPerSecond that an instance takes from it; null for the default of the installation
 */
record TokenRequest(
        String name,
        Role role,
        String tenant,
        @Nullable Instant expiresAt,
        @Nullable Integer requestsPerSecond) {

    private static final Set<String> FIELDS = Set.of("name", "role", "tenant", "expiresAt", "requestsPerSecond");
    private static final String NAME = "a name of " + Names.RULE;
    private static final int MOST_REQUESTS = 1_000_000;
    private static final String RATE = "a whole number from 1 to 1,000,000";
    private static final String ROLE = "viewer, submitter, operator or admin";

    /**
     * Reads it.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 400 for unknown fields, 422 for wrong ones, 403 for a tenant
     *     whose tokens are not the caller's to give
     */
    static TokenRequest read(Caller caller, JsonNode body) {
        JsonFields fields = Bodies.fields(body, "A token", FIELDS);
        String name = required(fields, "name", fields.text("name", NAME, TokenRequest::name));
        Role role = required(fields, "role", fields.text("role", ROLE, Role::ofLabel));
        String tenant = fields.text("tenant", NAME, TokenRequest::name);
        Instant expiresAt = fields.text("expiresAt", "a time such as 2026-01-31T12:00:00Z", TokenRequest::time);
        Integer requestsPerSecond = fields.read("requestsPerSecond", RATE, TokenRequest::rate);
        Bodies.requireRight(fields);
        if (name == null || role == null) {
            throw new IllegalStateException("What is missing was told.");
        }
        return new TokenRequest(name, role, tenant(caller, tenant), expiresAt, requestsPerSecond);
    }

    /** Reads a JSON Merge Patch; returns what it makes of the rate that there was. As {@link #read}. */
    static UnaryOperator<@Nullable Integer> patch(JsonNode body) {
        JsonFields fields = Bodies.fields(body, "What is to be set", Set.of("requestsPerSecond"));
        Integer rate = fields.read("requestsPerSecond", RATE, TokenRequest::rate);
        Bodies.requireRight(fields);
        return before -> fields.object().has("requestsPerSecond") ? rate : before;
    }

    private static <T> @Nullable T required(JsonFields fields, String name, @Nullable T value) {
        if (!fields.has(name)) {
            fields.wrong(name, "'" + name + "' is missing.");
        }
        return value;
    }

    private static String tenant(Caller caller, @Nullable String asked) {
        if (asked == null || asked.equals(caller.tenant())) {
            return caller.tenant();
        }
        if (!caller.givesToEveryTenant()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "You may give tokens of your own tenant only. Those of others are given with MILLRACE_ADMIN_TOKEN.")
                    .exception();
        }
        return asked;
    }

    private static Integer rate(JsonNode value) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt());
        JsonFields.require(value.intValue() >= 1 && value.intValue() <= MOST_REQUESTS);
        return value.intValue();
    }

    private static Instant time(String text) {
        return UtcTimes.inRange(Instant.parse(text));
    }

    private static String name(String text) {
        Names.check("A name", text);
        return text;
    }
}
