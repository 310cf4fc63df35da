package dev.millrace.api.record.query;

import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the query parameters of a list ask for.
 *
 * @param cursor null for the first page
 */
record ListRequest(JobFilter filter, @Nullable PageCursor cursor, int limit) {

    private static final Set<String> FILTERS = Set.of(
            "state", "task", "queue", "tag", "scheduleId", "createdAfter", "createdBefore", "workflowId", "node");
    private static final Set<String> FOR_COUNTS = and("cursor");
    private static final Set<String> FOR_A_PAGE = and("limit", "cursor");
    private static final Set<String> LATER = Set.of("q", "tenant");
    private static final int DEFAULT_LIMIT = 50;

    static ListRequest page(String tenant, MultivaluedMap<String, String> query) {
        QueryParameters parameters = QueryParameters.of(query, FOR_A_PAGE, LATER);
        return of(tenant, parameters, parameters.number("limit", 1, JobQueries.MAX_PAGE, DEFAULT_LIMIT));
    }

    /** Counts have no limit that a client could set. */
    static ListRequest counts(String tenant, MultivaluedMap<String, String> query) {
        return of(tenant, QueryParameters.of(query, FOR_COUNTS, LATER), DEFAULT_LIMIT);
    }

    private static ListRequest of(String tenant, QueryParameters parameters, int limit) {
        PageCursor cursor = parameters.read("cursor", PageCursor::parse, "is the cursor of the answer before");
        return new ListRequest(filter(tenant, parameters), cursor, limit);
    }

    private static Set<String> and(String... others) {
        return Stream.concat(FILTERS.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    private static JobFilter filter(String tenant, QueryParameters parameters) {
        return new JobFilter(
                tenant,
                parameters.oneOf("state", JobState.class),
                parameters.text("task"),
                parameters.text("queue"),
                parameters.text("tag"),
                parameters.text("scheduleId"),
                time("createdAfter", parameters),
                time("createdBefore", parameters),
                workflow(parameters),
                parameters.text("node"));
    }

    private static @Nullable UUID workflow(QueryParameters parameters) {
        return parameters.read("workflowId", text -> JobId.parse(text).uuid(), "is a UUID of 36 characters");
    }

    private static @Nullable Instant time(String name, QueryParameters parameters) {
        return parameters.read(
                name, text -> UtcTimes.inRange(Instant.parse(text)), "is a time such as 2026-01-31T12:00:00Z");
    }
}
