package dev.millrace.api.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import dev.millrace.names.Names;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What bodies say of tenants. */
final class TenantRequest {

    private static final long MOST = 1_000_000_000_000L;
    private static final String NUMBER = "a whole number from 0 to 1,000,000,000,000, or null for no limit";

    private TenantRequest() {}

    /** A new tenant. */
    record New(String name, Quotas quotas) {}

    /**
     * Reads a tenant that is to be made.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 400 for unknown fields, 422 for wrong ones
     */
    static New create(JsonNode body) {
        JsonFields fields = Bodies.fields(body, "A tenant", Set.of("name", "quotas"));
        String name = fields.text("name", "a name of " + Names.RULE, text -> {
            Names.check("A name", text);
            return text;
        });
        if (!fields.has("name")) {
            fields.wrong("name", "'name' is missing.");
        }
        Quotas quotas = quotas(fields).apply(Quotas.NONE);
        Bodies.requireRight(fields);
        if (name == null) {
            throw new IllegalStateException("What is missing was told.");
        }
        return new New(name, quotas);
    }

    /** Reads a JSON Merge Patch; returns what it makes of the quotas that there were. As {@link #create}. */
    static UnaryOperator<Quotas> patch(JsonNode body) {
        JsonFields fields = Bodies.fields(body, "What is to be set", Set.of("quotas"));
        UnaryOperator<Quotas> change = quotas(fields);
        Bodies.requireRight(fields);
        return change;
    }

    /** {@code quotas} that is null sets all of them back. */
    private static UnaryOperator<Quotas> quotas(JsonFields fields) {
        if (!fields.object().has("quotas")) {
            return before -> before;
        }
        if (!fields.has("quotas")) {
            return before -> Quotas.NONE;
        }
        JsonFields quotas = fields.object("quotas");
        if (quotas == null) {
            return before -> before;
        }
        if (!quotas.refuseOthers(Set.of("queuedJobs", "schedules", "streams", "submitsPerSecond"))) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, quotas.violations()).exception();
        }
        UnaryOperator<@Nullable Long> jobs = quota(quotas, "queuedJobs");
        UnaryOperator<@Nullable Long> schedules = quota(quotas, "schedules");
        UnaryOperator<@Nullable Long> streams = quota(quotas, "streams");
        UnaryOperator<@Nullable Long> submits = quota(quotas, "submitsPerSecond");
        return before -> new Quotas(
                jobs.apply(before.queuedJobs()),
                schedules.apply(before.schedules()),
                streams.apply(before.streams()),
                submits.apply(before.submitsPerSecond()));
    }

    private static UnaryOperator<@Nullable Long> quota(JsonFields quotas, String name) {
        if (!quotas.object().has(name)) {
            return before -> before;
        }
        Long quota = quotas.read(name, NUMBER, value -> {
            JsonFields.require(value.isIntegralNumber() && value.canConvertToLong());
            JsonFields.require(value.longValue() >= 0 && value.longValue() <= MOST);
            return value.longValue();
        });
        return before -> quota;
    }
}
