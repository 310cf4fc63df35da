package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.TaskName;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.RetryPolicy;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tasks that jobs may name. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class TasksResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final TaskCatalog catalog;

    public TasksResource(TaskCatalog catalog) {
        this.catalog = catalog;
    }

    /** Every field is always there; null where it does not apply. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TaskView(
            String name,
            String queue,
            String description,
            JsonNode payloadSchema,
            JsonNode resultSchema,
            String timeout,
            @Nullable String softTimeout,
            RetryView retry,
            List<String> workers) {

        static TaskView of(TaskInfo task) {
            return new TaskView(
                    task.name().value(),
                    task.queue().value(),
                    task.description(),
                    task.payloadSchema(),
                    task.resultSchema(),
                    task.policy().timeout().toString(),
                    text(task.policy().softTimeout()),
                    RetryView.of(task.policy().retry()),
                    task.workers());
        }
    }

    /** When a failed job is tried again that says nothing of it itself. */
    public record RetryView(int maxAttempts, BackoffView backoff) {

        static RetryView of(RetryPolicy policy) {
            return new RetryView(policy.maxAttempts(), BackoffView.of(policy.backoff()));
        }
    }

    /** {@code type} is fixed or exponential, {@code jitter} none or full; durations are ISO-8601. */
    public record BackoffView(String type, String base, double factor, String max, String jitter) {

        static BackoffView of(Backoff backoff) {
            return new BackoffView(
                    backoff.type().label(),
                    backoff.base().toString(),
                    backoff.factor(),
                    backoff.max().toString(),
                    backoff.jitter().label());
        }
    }

    /** Some of the tasks; the cursor leads to the next ones, null at the end. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TaskPage(List<TaskView> items, @Nullable String nextCursor) {}

    /** All tasks ordered by name, 1 to 200 a page, 50 unless {@code limit} says otherwise. */
    @GET
    public TaskPage list(@Context UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri, "limit", "cursor");
        int limit = parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        TaskName after = parameters.cursor(TaskName::new);
        return page(limit, after);
    }

    TaskPage page(int limit, @Nullable TaskName after) {
        Collection<TaskInfo> rest = after(after).values();
        List<TaskView> items = rest.stream().limit(limit).map(TaskView::of).toList();
        return new TaskPage(items, rest.size() > limit ? items.getLast().name() : null);
    }

    /** One task, also when no worker offers it now. */
    @GET
    @Path("{name}")
    public TaskView get(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri);
        catalog.requireLoaded();
        return name(name)
                .flatMap(catalog::find)
                .map(TaskView::of)
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND, "There is no task of this name; GET /api/v1/tasks lists them.")
                        .exception());
    }

    private NavigableMap<TaskName, TaskInfo> after(@Nullable TaskName name) {
        catalog.requireLoaded();
        return name == null ? catalog.tasks() : catalog.tasks().tailMap(name, false);
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    private static Optional<TaskName> name(String text) {
        try {
            return Optional.of(new TaskName(text));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
