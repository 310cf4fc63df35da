package dev.millrace.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.job.TaskName;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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
            @Nullable JsonNode retry,
            List<String> workers) {

        static TaskView of(TaskInfo task) {
            return new TaskView(
                    task.name().value(),
                    task.queue().value(),
                    task.description(),
                    task.payloadSchema(),
                    task.resultSchema(),
                    task.timeout().toString(),
                    null,
                    null,
                    task.workers());
        }
    }

    /** Some of the tasks; the cursor leads to the next ones, null at the end. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TaskPage(List<TaskView> items, @Nullable String nextCursor) {}

    /**
     * All tasks ordered by name.
     *
     * @param limit 1 to 200, 50 if absent
     * @param cursor the {@code nextCursor} of the page before
     */
    @GET
    public TaskPage list(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int size = limit(limit);
        Collection<TaskInfo> rest = after(cursor).values();
        List<TaskView> items = rest.stream().limit(size).map(TaskView::of).toList();
        return new TaskPage(items, rest.size() > size ? items.getLast().name() : null);
    }

    /** One task, also when no worker offers it now. */
    @GET
    @Path("{name}")
    public TaskView get(@PathParam("name") String name) {
        return name(name)
                .flatMap(catalog::find)
                .map(TaskView::of)
                .orElseThrow(() -> new NotFoundException("There is no task of this name."));
    }

    private NavigableMap<TaskName, TaskInfo> after(@Nullable String cursor) {
        return cursor == null
                ? catalog.tasks()
                : catalog.tasks().tailMap(name(cursor).orElseThrow(TasksResource::badCursor), false);
    }

    private static int limit(@Nullable String text) {
        try {
            int limit = text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw badLimit();
        }
        throw badLimit();
    }

    private static Optional<TaskName> name(String text) {
        try {
            return Optional.of(new TaskName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BadRequestException badLimit() {
        return new BadRequestException("limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }

    private static BadRequestException badCursor() {
        return new BadRequestException("cursor must be the nextCursor of an earlier page.");
    }
}
