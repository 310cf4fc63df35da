package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.UtcTimes;
import dev.millrace.schedule.Plan;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;

/** Shows when a schedule fires, or would. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PreviewResource {

    private static final int DEFAULT_COUNT = 10;
    private static final int MOST = 200;

    private final Callers callers;
    private final ScheduleRequests requests;
    private final ScheduleChanges edits;
    private final InstantSource clock;

    public PreviewResource(Callers callers, ScheduleRequests requests, ScheduleChanges edits, InstantSource clock) {
        this.callers = callers;
        this.requests = requests;
        this.edits = edits;
        this.clock = clock;
    }

    /** Of a paused schedule: what it would do. */
    @GET
    @Path("/{id}/preview")
    public Preview stored(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = query(uri);
        Instant from = from(query);
        int count = count(query);
        return Preview.of(plan(id), from, count);
    }

    /** Of a schedule that need not exist. */
    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    public Preview posted(byte[] body, @Context UriInfo uri) {
        QueryParameters query = query(uri);
        Instant from = from(query);
        int count = count(query);
        return Preview.of(requests.plan(StrictJson.read(Bodies.atMost(1, body))), from, count);
    }

    private Plan plan(String id) {
        return edits.existing(Refusals.key(callers.current().tenant(), id))
                .schedule()
                .content()
                .plan();
    }

    private static QueryParameters query(UriInfo uri) {
        return QueryParameters.of(uri, "count", "from");
    }

    private static int count(QueryParameters query) {
        return query.number("count", 1, MOST, DEFAULT_COUNT);
    }

    private Instant from(QueryParameters query) {
        Instant from = query.read(
                "from", text -> UtcTimes.inRange(Instant.parse(text)), "is a time such as 2026-01-31T12:00:00Z");
        return from == null ? clock.instant() : from;
    }
}
