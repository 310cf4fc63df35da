package dev.millrace.api.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * How much a tenant may have at a time, as it is kept and as clients see it. Null is no limit, 0 is nothing at all.
 *
 * @param queuedJobs jobs that wait, be it for a worker or for a time
 * @param schedules that there are, paused ones too
 * @param streams event streams that are open at one instance of the api
 * @param submitsPerSecond jobs that one instance of the api accepts, on average; as many may come at once
 */
@RegisterForReflection
public record Quotas(
        @Nullable Long queuedJobs,
        @Nullable Long schedules,
        @Nullable Long streams,
        @Nullable Long submitsPerSecond) {

    static final Quotas NONE = new Quotas(null, null, null, null);

    /** As clients see them. */
    JsonNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("queuedJobs", queuedJobs)
                .put("schedules", schedules)
                .put("streams", streams)
                .put("submitsPerSecond", submitsPerSecond);
    }

    static Quotas of(Row row) {
        return new Quotas(
                row.getLong("queued_jobs"),
                row.getLong("schedules"),
                row.getLong("streams"),
                row.getLong("submits_per_second"));
    }
}
