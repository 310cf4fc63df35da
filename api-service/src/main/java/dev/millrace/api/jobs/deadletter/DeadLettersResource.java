package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.jobs.requeue.Change;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows dead letters, and puts their jobs on their way again. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DeadLettersResource {

    private final Callers callers;
    private final DeadLetters letters;
    private final Requeue requeue;
    private final Redactions redactions;
    private final InstantSource clock;

    public DeadLettersResource(
            Callers callers, DeadLetters letters, Requeue requeue, Redactions redactions, InstantSource clock) {
        this.callers = callers;
        this.letters = letters;
        this.requeue = requeue;
        this.redactions = redactions;
        this.clock = clock;
    }

    @GET
    public DeadLetterList letters(@Context UriInfo uri) {
        QueryParameters query = ListQuery.of(uri);
        return letters.page(
                ListQuery.filter(tenant(), query), ListQuery.cursor(query), ListQuery.limit(query), redaction());
    }

    @GET
    @Path("/{id}")
    public DeadLetter letter(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return letters.find(tenant(), LetterId.parse(id), redaction());
    }

    /** 202 with the job, which is queued again. */
    @POST
    @Path("/{id}/requeue")
    @Consumes(MediaType.WILDCARD)
    public Response requeue(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        UUID letter = LetterId.parse(id);
        JobRow row = requeue.letter(tenant(), letter, Change.read(body)).orThrow();
        return Response.accepted(JobDocument.of(row, clock.instant(), redaction()))
                .build();
    }

    private Redaction redaction() {
        return redactions.of(callers.current());
    }

    private String tenant() {
        return callers.current().tenant();
    }
}
