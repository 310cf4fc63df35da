package dev.millrace.api.catalog.queues;

import dev.millrace.api.catalog.queues.QueueDocument.BacklogDocument;
import dev.millrace.api.catalog.queues.QueueDocument.QueueList;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.job.QueueName;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Shows queues. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class QueuesResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;

    private final Queues queues;

    public QueuesResource(Queues queues) {
        this.queues = queues;
    }

    /** All of them in the order of names, 1 to 200 a page, 50 unless {@code limit} says otherwise. */
    @GET
    public QueueList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        QueueName behind = query.cursor(QueueName::new);
        List<QueueName> rest = queues.names().stream()
                .filter(queue -> behind == null || queue.compareTo(behind) > 0)
                .toList();
        List<QueueName> page = rest.subList(0, Math.min(limit, rest.size()));
        return new QueueList(
                queues.documents(page), rest.size() > limit ? page.getLast().value() : null);
    }

    /** One, with the version of what is set of it as its ETag. */
    @GET
    @Path("/{name}")
    public Response queue(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri);
        QueueDocument queue = queues.document(queues.require(name));
        return Response.ok(queue).tag(Long.toString(queue.version())).build();
    }

    @GET
    @Path("/{name}/backlog")
    public BacklogDocument backlog(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return queues.backlog(queues.require(name));
    }
}
