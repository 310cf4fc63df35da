package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.api.record.query.UtcTimes;
import dev.millrace.job.JobId;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query parameters of a list of dead letters. */
final class ListQuery {

    private static final Set<String> KNOWN = Set.of(
            "task",
            "queue",
            "errorType",
            "fingerprint",
            "jobId",
            "failedAfter",
            "failedBefore",
            "resolved",
            "limit",
            "cursor");

    private static final Set<String> OF_GROUPS = Set.of("task", "errorType", "limit", "cursor");

    private static final int PAGE = 50;
    private static final Set<String> LATER = Set.of("tenant");

    private ListQuery() {}

    static QueryParameters of(UriInfo uri) {
        return QueryParameters.of(uri.getQueryParameters(), KNOWN, LATER);
    }

    static QueryParameters ofGroups(UriInfo uri) {
        return QueryParameters.of(uri.getQueryParameters(), OF_GROUPS, LATER);
    }

    static int limit(QueryParameters query) {
        return query.number("limit", 1, DeadLetters.MAX_PAGE, PAGE);
    }

    static @Nullable PageCursor cursor(QueryParameters query) {
        return query.cursor(PageCursor::parse);
    }

    static Filter filter(String tenant, QueryParameters query) {
        Boolean resolved = query.read("resolved", ListQuery::yes, "is true or false");
        return new Filter(
                tenant,
                !Boolean.TRUE.equals(resolved),
                query.text("task"),
                query.text("queue"),
                query.text("errorType"),
                query.text("fingerprint"),
                jobId(query),
                time("failedAfter", query),
                time("failedBefore", query));
    }

    private static boolean yes(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static @Nullable UUID jobId(QueryParameters query) {
        JobId job = query.read("jobId", JobId::parse, "is a UUID");
        return job == null ? null : job.uuid();
    }

    private static @Nullable Instant time(String name, QueryParameters query) {
        return query.read(
                name, text -> UtcTimes.inRange(Instant.parse(text)), "is a time such as 2026-01-31T12:00:00Z");
    }
}
