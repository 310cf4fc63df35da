package dev.millrace.api.http.access;

import static dev.millrace.api.http.access.Role.ADMIN;
import static dev.millrace.api.http.access.Role.OPERATOR;
import static dev.millrace.api.http.access.Role.SUBMITTER;
import static dev.millrace.api.http.access.Role.VIEWER;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which role each operation needs at least. What stands here nowhere is refused to everybody. */
public final class Operations {

    /** Tells nothing of any tenant. */
    private static final Set<String> OPEN = Set.of("GET /", "GET /problems", "GET /problems/{name}");

    private static final Map<String, Role> LEAST = Map.ofEntries(
            entry("POST /api/v1/jobs", SUBMITTER),
            entry("POST /api/v1/jobs/bulk", SUBMITTER),
            entry("GET /api/v1/jobs", VIEWER),
            entry("GET /api/v1/jobs/counts", VIEWER),
            entry("GET /api/v1/jobs/{id}", VIEWER),
            entry("DELETE /api/v1/jobs/{id}", OPERATOR),
            entry("GET /api/v1/jobs/{id}/result", VIEWER),
            entry("GET /api/v1/jobs/{id}/attempts", VIEWER),
            entry("GET /api/v1/jobs/{id}/children", VIEWER),
            entry("GET /api/v1/jobs/{id}/events", VIEWER),
            entry("POST /api/v1/jobs/{id}/cancel", SUBMITTER),
            entry("POST /api/v1/jobs/{id}/retry", OPERATOR),
            entry("GET /api/v1/events", VIEWER),
            entry("GET /api/v1/dead-letters", VIEWER),
            entry("GET /api/v1/dead-letters/groups", VIEWER),
            entry("GET /api/v1/dead-letters/{id}", VIEWER),
            entry("DELETE /api/v1/dead-letters/{id}", OPERATOR),
            entry("POST /api/v1/dead-letters/{id}/requeue", OPERATOR),
            entry("POST /api/v1/dead-letters/requeue", OPERATOR),
            entry("POST /api/v1/dead-letters/resolve", OPERATOR),
            entry("POST /api/v1/bulk-actions", OPERATOR),
            entry("GET /api/v1/bulk-actions", VIEWER),
            entry("GET /api/v1/bulk-actions/{id}", VIEWER),
            entry("POST /api/v1/bulk-actions/{id}/abort", OPERATOR),
            entry("GET /api/v1/schedules", VIEWER),
            entry("GET /api/v1/schedules/{id}", VIEWER),
            entry("GET /api/v1/schedules/{id}/preview", VIEWER),
            entry("GET /api/v1/schedules/{id}/fires", VIEWER),
            entry("POST /api/v1/schedules/preview", VIEWER),
            entry("POST /api/v1/schedules", OPERATOR),
            entry("PUT /api/v1/schedules/{id}", OPERATOR),
            entry("PATCH /api/v1/schedules/{id}", OPERATOR),
            entry("DELETE /api/v1/schedules/{id}", OPERATOR),
            entry("POST /api/v1/schedules/{id}/pause", OPERATOR),
            entry("POST /api/v1/schedules/{id}/resume", OPERATOR),
            entry("POST /api/v1/schedules/{id}/trigger", OPERATOR),
            entry("GET /api/v1/tasks", VIEWER),
            entry("GET /api/v1/tasks/{name}", VIEWER),
            entry("POST /api/v1/tasks/{name}/jobs", SUBMITTER),
            entry("GET /api/v1/queues", VIEWER),
            entry("GET /api/v1/queues/{name}", VIEWER),
            entry("GET /api/v1/queues/{name}/backlog", VIEWER),
            entry("PATCH /api/v1/queues/{name}", OPERATOR),
            entry("POST /api/v1/queues/{name}/pause", OPERATOR),
            entry("POST /api/v1/queues/{name}/resume", OPERATOR),
            entry("POST /api/v1/queues/{name}/purge", OPERATOR),
            entry("GET /api/v1/workers", VIEWER),
            entry("GET /api/v1/workers/{id}", VIEWER),
            entry("GET /api/v1/workers/{id}/jobs", VIEWER),
            entry("POST /api/v1/workflows", SUBMITTER),
            entry("POST /api/v1/workflows/validate", SUBMITTER),
            entry("GET /api/v1/workflows", VIEWER),
            entry("GET /api/v1/workflows/counts", VIEWER),
            entry("GET /api/v1/workflows/{id}", VIEWER),
            entry("GET /api/v1/workflows/{id}/graph", VIEWER),
            entry("GET /api/v1/workflows/{id}/nodes", VIEWER),
            entry("GET /api/v1/workflows/{id}/nodes/{name}", VIEWER),
            entry("GET /api/v1/workflows/{id}/nodes/{name}/members", VIEWER),
            entry("GET /api/v1/workflows/{id}/result", VIEWER),
            entry("GET /api/v1/workflows/{id}/events", VIEWER),
            entry("GET /api/v1/workflows/{id}/signals", VIEWER),
            entry("POST /api/v1/workflows/{id}/signals/{name}", SUBMITTER),
            entry("POST /api/v1/workflows/{id}/cancel", SUBMITTER),
            entry("POST /api/v1/workflows/{id}/retry", OPERATOR),
            entry("GET /api/v1/workflow-definitions", VIEWER),
            entry("PUT /api/v1/workflow-definitions/{name}", OPERATOR),
            entry("GET /api/v1/workflow-definitions/{name}", VIEWER),
            entry("DELETE /api/v1/workflow-definitions/{name}", OPERATOR),
            entry("GET /api/v1/workflow-definitions/{name}/versions", VIEWER),
            entry("POST /api/v1/workers/{id}/ping", OPERATOR),
            entry("POST /api/v1/workers/{id}/drain", OPERATOR),
            entry("POST /api/v1/workers/{id}/resume", OPERATOR),
            entry("POST /api/v1/workers/{id}/shutdown", OPERATOR),
            entry("POST /api/v1/workers/{id}/pool", OPERATOR),
            entry("PUT /api/v1/workers/{id}/queues/{queue}", OPERATOR),
            entry("DELETE /api/v1/workers/{id}/queues/{queue}", OPERATOR),
            entry("POST /api/v1/control", OPERATOR),
            entry("GET /api/v1/schedulers", VIEWER),
            entry("POST /api/v1/schedulers/{id}/ping", OPERATOR),
            entry("GET /api/v1/health", VIEWER),
            entry("GET /api/v1/diagnostics", VIEWER),
            entry("GET /api/v1/stats", VIEWER),
            entry("GET /api/v1/stats/series", VIEWER),
            entry("GET /api/v1/audit", ADMIN),
            entry("GET /api/v1/me", VIEWER),
            entry("POST /api/v1/session", VIEWER),
            entry("DELETE /api/v1/session", VIEWER),
            entry("GET /api/v1/tenants", ADMIN),
            entry("POST /api/v1/tenants", ADMIN),
            entry("GET /api/v1/tenants/{name}", ADMIN),
            entry("PATCH /api/v1/tenants/{name}", ADMIN),
            entry("GET /api/v1/tokens", ADMIN),
            entry("POST /api/v1/tokens", ADMIN),
            entry("PATCH /api/v1/tokens/{id}", ADMIN),
            entry("DELETE /api/v1/tokens/{id}", ADMIN));

    private static final Set<String> PATHS = names().stream()
            .map(operation -> operation.substring(operation.indexOf(' ') + 1))
            .collect(Collectors.toUnmodifiableSet());

    private Operations() {}

    /** Whether any of them has this template. */
    public static boolean hasPath(String template) {
        return PATHS.contains(template);
    }

    /** @param operation method and template, with a space between */
    static boolean isOpen(String operation) {
        return OPEN.contains(operation);
    }

    /** All that somebody may. */
    static Set<String> names() {
        return Stream.concat(OPEN.stream(), LEAST.keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty if nobody may. */
    static Optional<Role> least(String operation) {
        return Optional.ofNullable(LEAST.get(operation));
    }
}
