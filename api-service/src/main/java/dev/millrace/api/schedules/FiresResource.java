package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.schedules.fires.FireHistory;
import dev.millrace.api.schedules.fires.FireList;
import dev.millrace.schedule.Schedule;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;

/** Shows what became of the ticks of a schedule. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class FiresResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final ScheduleChanges edits;
    private final FireHistory history;

    public FiresResource(Callers callers, ScheduleChanges edits, FireHistory history) {
        this.callers = callers;
        this.edits = edits;
        this.history = history;
    }

    /** Since the schedule was made, the latest first. */
    @GET
    @Path("/{id}/fires")
    public FireList fires(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, FireHistory.MAX_PAGE, PAGE);
        Instant before = query.cursor(FireList::cursor);
        Schedule schedule =
                edits.existing(Refusals.key(callers.current().tenant(), id)).schedule();
        return history.page(schedule.key(), schedule.generation(), before, limit);
    }
}
