package dev.millrace.api.service.audit;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.changes.Changes;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.loop.Duties;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Stands behind every operation, and writes down those that change something before they are answered. */
@ApplicationScoped
public class AuditTrail {

    /** They make jobs, each of which is its own record, or change nothing. */
    private static final Set<String> PASSED_OVER = Set.of(
            "POST /api/v1/jobs",
            "POST /api/v1/jobs/bulk",
            "POST /api/v1/tasks/{name}/jobs",
            "POST /api/v1/schedules/preview",
            "POST /api/v1/workers/{id}/ping",
            "POST /api/v1/schedulers/{id}/ping");

    private static final int MOST_OF_A_TARGET = 256;
    private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(AuditTrail.class);

    private final Callers callers;
    private final AuditTable table;
    private final Changes changes;

    AuditTrail(Callers callers, AuditTable table, Changes changes) {
        this.callers = callers;
        this.changes = changes;
        this.table = table;
    }

    void start(@Observes StartupEvent starting, Duties duties) {
        duties.start("audit-retention", BETWEEN_DELETIONS, table::forgetOnce);
    }

    /** Null where nothing is to be written: also of a call that found PostgreSQL away, which changed nothing, and is not to wait for it again. */
    @ServerResponseFilter
    public @Nullable Uni<Void> write(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<String> operation = callers.operation().filter(AuditTrail::changes);
        Optional<Caller> caller = callers.ifKnown();
        boolean away = response.getStatus() == ProblemType.UNAVAILABLE.status();
        if (operation.isEmpty() || caller.isEmpty() || away) {
            return null;
        }
        int status = response.getStatus();
        String target = status == ProblemType.NOT_FOUND.status() ? null : target(request.getUriInfo());
        Deed deed = Deed.of(operation.get(), target, status, ProblemReplies.knownTraceId(request), changes.told());
        return Uni.createFrom().completionStage(written(() -> table.add(caller.get(), deed)));
    }

    static boolean changes(String operation) {
        return !operation.startsWith("GET ") && !PASSED_OVER.contains(operation);
    }

    /** On a thread that may block, wherever the answer was made. */
    private static CompletableFuture<Void> written(Runnable write) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name("audit").start(() -> {
            try {
                write.run();
            } catch (RuntimeException failure) {
                LOG.errorf(
                        failure,
                        "A call that changed something could not be written down; it is answered all the same.");
            } finally {
                done.complete(null);
            }
        });
        return done;
    }

    /** The parts of the path that are no part of the contract. */
    private static @Nullable String target(UriInfo uri) {
        String parts = uri.getPathParameters().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(part -> part.getValue().stream())
                .map(part -> part.replace("\0", ""))
                .collect(Collectors.joining("/"));
        String cut = parts.substring(0, Math.min(parts.length(), MOST_OF_A_TARGET));
        return cut.isEmpty() ? null : cut;
    }
}
