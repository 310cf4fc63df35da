package dev.millrace.api.record.query;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads jobs. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private final JobQueries queries;
    private final Callers callers;
    private final Redactions redactions;
    private final InstantSource clock;

    public JobsResource(JobQueries queries, Callers callers, Redactions redactions, InstantSource clock) {
        this.queries = queries;
        this.callers = callers;
        this.redactions = redactions;
        this.clock = clock;
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> job(
            @PathParam("id") String id, @HeaderParam("If-None-Match") @Nullable String known, @Context UriInfo uri) {
        QueryParameters.of(uri);
        JobId job = Refusals.jobId(id);
        Redaction redaction = redaction();
        return queries.find(tenant(), job).thenApply(found -> answer(job, found, known, redaction));
    }

    @GET
    public CompletionStage<JobList> jobs(@Context UriInfo uri) {
        ListRequest asked = ListRequest.page(callers.current(), uri.getQueryParameters());
        Redaction redaction = redaction();
        return queries.list(asked.filter(), asked.cursor(), asked.limit())
                .thenApply(page -> JobList.of(page, asked.filter().search(), clock.instant(), redaction));
    }

    @GET
    @Path("/counts")
    public CompletionStage<Response> counts(@Context UriInfo uri) {
        ListRequest asked = ListRequest.counts(callers.current(), uri.getQueryParameters());
        return queries.counts(asked.filter(), asked.cursor()).thenApply(counts -> answer(counts, uri));
    }

    /** What was not looked at is counted by the link: whoever adds up what it says has counted everything. */
    private static Response answer(Counts counts, UriInfo uri) {
        ResponseBuilder answer = Response.ok(counts.byState());
        PageCursor next = counts.next();
        return next == null
                ? answer.build()
                : answer.link(
                                uri.getRequestUriBuilder()
                                        .replaceQueryParam("cursor", next.text())
                                        .build(),
                                "next")
                        .build();
    }

    private String tenant() {
        return callers.current().tenant();
    }

    private Redaction redaction() {
        return redactions.of(callers.current());
    }

    private Response answer(JobId id, Optional<JobRow> found, @Nullable String known, Redaction redaction) {
        JobRow row = found.orElseThrow(() -> Refusals.unknownJob(id));
        String version = Long.toString(row.version());
        ResponseBuilder answer = isKnown(version, known)
                ? Response.notModified()
                : Response.ok(JobDocument.of(row, clock.instant(), redaction));
        return answer.tag(version).build();
    }

    /** Whether If-None-Match names this version; a proxy may have made its tag a weak one. */
    private static boolean isKnown(String version, @Nullable String tags) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*")
                                || tag.equals('"' + version + '"')
                                || tag.equals("W/\"" + version + '"'));
    }
}
