package dev.millrace.api.query;

import dev.millrace.job.JobState;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the query parameters of a list ask for. A parameter that is unknown, repeated or malformed is refused with 400;
 * one that the contract knows and this version does not, with 422.
 *
 * @param cursor null for the first page
 */
record ListRequest(JobFilter filter, @Nullable PageCursor cursor, int limit) {

    static final Set<String> FILTERS = Set.of("state", "task", "queue", "tag", "createdAfter", "createdBefore");

    private static final Set<String> PAGE = Set.of("limit", "cursor");
    private static final Set<String> LATER = Set.of("q", "scheduleId", "tenant");
    private static final int DEFAULT_LIMIT = 50;

    static ListRequest page(String tenant, MultivaluedMap<String, String> query) {
        Parameters parameters = Parameters.of(query, FILTERS, PAGE);
        PageCursor cursor = parameters.read("cursor", PageCursor::parse, "is the nextCursor of the page before");
        Integer limit = parameters.read("limit", ListRequest::limit, "is a whole number from 1 to 200");
        return new ListRequest(filter(tenant, parameters), cursor, limit == null ? DEFAULT_LIMIT : limit);
    }

    static JobFilter filter(String tenant, MultivaluedMap<String, String> query) {
        return filter(tenant, Parameters.of(query, FILTERS, Set.of()));
    }

    private static JobFilter filter(String tenant, Parameters parameters) {
        String time = "is a time such as 2026-01-31T12:00:00Z";
        return new JobFilter(
                tenant,
                parameters.read("state", JobState::valueOf, "is one of " + Arrays.toString(JobState.values())),
                parameters.read("task", ListRequest::text, "is the name of a task"),
                parameters.read("queue", ListRequest::text, "is the name of a queue"),
                parameters.read("tag", ListRequest::text, "is a tag"),
                parameters.read("createdAfter", ListRequest::time, time),
                parameters.read("createdBefore", ListRequest::time, time));
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > JobQueries.MAX_PAGE) {
            throw new IllegalArgumentException("out of range");
        }
        return limit;
    }

    private static Instant time(String text) {
        return Times.inRange(Instant.parse(text));
    }

    /** PostgreSQL knows no text with a NUL in it. */
    private static String text(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a text");
        }
        return text;
    }

    /** The parameters of one request, each given once, none of them unknown. */
    private record Parameters(Map<String, List<String>> given) {

        static Parameters of(MultivaluedMap<String, String> query, Set<String> filters, Set<String> others) {
            query.forEach((name, values) -> check(name, values, filters, others));
            return new Parameters(query);
        }

        private static void check(String name, List<String> values, Set<String> filters, Set<String> others) {
            if (LATER.contains(name)) {
                throw Refusals.notBuilt(name);
            }
            if (!filters.contains(name) && !others.contains(name)) {
                throw Refusals.badParameter("There is no query parameter of this name here.");
            }
            if (values.size() > 1) {
                throw Refusals.badParameter("The query parameter '" + name + "' is given once at most.");
            }
        }

        <T> @Nullable T read(String name, Function<String, T> reader, String rule) {
            List<String> values = given.get(name);
            if (values == null) {
                return null;
            }
            try {
                return reader.apply(values.getFirst());
            } catch (IllegalArgumentException | DateTimeException malformed) {
                throw Refusals.badParameter("The query parameter '" + name + "' " + rule + ".");
            }
        }
    }
}
