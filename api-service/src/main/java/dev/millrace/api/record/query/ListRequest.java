package dev.millrace.api.record.query;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.query.search.Search;
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
            "state",
            "task",
            "queue",
            "tag",
            "scheduleId",
            "parentId",
            "workflowId",
            "node",
            "createdAfter",
            "createdBefore",
            "q",
            "tenant");
    private static final Set<String> FOR_COUNTS = and("cursor");
    private static final Set<String> FOR_A_PAGE = and("limit", "cursor");
    private static final int DEFAULT_LIMIT = 50;

    static ListRequest page(Caller caller, MultivaluedMap<String, String> query) {
        QueryParameters parameters = QueryParameters.of(query, FOR_A_PAGE, Set.of());
        return of(caller, parameters, parameters.number("limit", 1, JobQueries.MAX_PAGE, DEFAULT_LIMIT));
    }

    /** Counts have no limit that a client could set. */
    static ListRequest counts(Caller caller, MultivaluedMap<String, String> query) {
        return of(caller, QueryParameters.of(query, FOR_COUNTS, Set.of()), DEFAULT_LIMIT);
    }

    private static ListRequest of(Caller caller, QueryParameters parameters, int limit) {
        PageCursor cursor = parameters.read("cursor", PageCursor::parse, "is the cursor of the answer before");
        return new ListRequest(filter(caller, parameters), cursor, limit);
    }

    private static Set<String> and(String... others) {
        return Stream.concat(FILTERS.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    private static JobFilter filter(Caller caller, QueryParameters parameters) {
        return new JobFilter(
                tenant(caller, parameters),
                parameters.oneOf("state", JobState.class),
                parameters.text("task"),
                parameters.text("queue"),
                parameters.text("tag"),
                new JobFilter.Origin(
                        parameters.text("scheduleId"),
                        parameters.read("parentId", JobId::parse, "is the id of a job"),
                        workflow(parameters),
                        parameters.text("node")),
                time("createdAfter", parameters),
                time("createdBefore", parameters),
                search(caller, parameters));
    }

    private static @Nullable UUID workflow(QueryParameters parameters) {
        return parameters.read("workflowId", text -> JobId.parse(text).uuid(), "is a UUID of 36 characters");
    }

    private static String tenant(Caller caller, QueryParameters parameters) {
        String asked = parameters.text("tenant");
        if (asked == null || asked.equals(caller.tenant())) {
            return caller.tenant();
        }
        if (!caller.givesToEveryTenant()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN, "Only the installation's own token lists the jobs of other tenants.")
                    .exception();
        }
        return asked;
    }

    /** Payloads are looked into by those who see all of them: whoever finds a value by asking for it knows it. */
    private static @Nullable Search search(Caller caller, QueryParameters parameters) {
        Search search = parameters.read(
                "q",
                Search::parse,
                "is " + Search.MOST_WORDS + " words at most, of " + Search.MOST_CHARACTERS
                        + " characters in all, with quotes in pairs and places as JSON Pointers");
        if (search != null && search.looksIntoPayloads() && !caller.role().mayWhatNeeds(Role.OPERATOR)) {
            throw Problem.of(ProblemType.FORBIDDEN, "Only operators find jobs by what their payloads say.")
                    .exception();
        }
        return search;
    }

    private static @Nullable Instant time(String name, QueryParameters parameters) {
        return parameters.read(
                name, text -> UtcTimes.inRange(Instant.parse(text)), "is a time such as 2026-01-31T12:00:00Z");
    }
}
