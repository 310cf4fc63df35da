package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.Redactions;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Shows dead letters by what they have in common, and deals with many at once. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ManyLettersResource {

    private final Callers callers;
    private final Groups groups;
    private final ManyLetters many;
    private final Redactions redactions;

    public ManyLettersResource(Callers callers, Groups groups, ManyLetters many, Redactions redactions) {
        this.callers = callers;
        this.groups = groups;
        this.many = many;
        this.redactions = redactions;
    }

    @GET
    @Path("/groups")
    public GroupList groups(@Context UriInfo uri) {
        QueryParameters query = ListQuery.ofGroups(uri);
        return groups.page(
                tenant(),
                query.text("task"),
                query.text("errorType"),
                ListQuery.cursor(query),
                ListQuery.limit(query),
                redactions.of(callers.current()));
    }

    /** 202 with how many open letters matched and how many of them were requeued. */
    @POST
    @Path("/requeue")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response requeue(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return Response.accepted(many.requeue(Selection.read(tenant(), body))).build();
    }

    /** 200 with how many open letters matched and how many of them were resolved. */
    @POST
    @Path("/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    public ManyLetters.Resolved resolve(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return many.resolve(Selection.read(tenant(), body));
    }

    private String tenant() {
        return callers.current().tenant();
    }
}
