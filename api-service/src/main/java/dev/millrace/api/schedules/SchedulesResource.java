package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.jobs.accept.JobIds;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.schedules.ScheduleRequests.ScheduleRequest;
import dev.millrace.api.schedules.ScheduleTable.StoredSchedule;
import dev.millrace.schedule.ScheduleKey;
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
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes schedules and lists them. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SchedulesResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final ScheduleTable table;
    private final ScheduleRequests requests;
    private final ScheduleChanges edits;
    private final ScheduleResponses replies;
    private final JobIds ids;
    private final Redactions redactions;
    private final InstantSource clock;

    public SchedulesResource(
            Callers callers,
            ScheduleTable table,
            ScheduleRequests requests,
            ScheduleChanges edits,
            ScheduleResponses replies,
            JobIds ids,
            Redactions redactions,
            InstantSource clock) {
        this.callers = callers;
        this.table = table;
        this.requests = requests;
        this.edits = edits;
        this.replies = replies;
        this.ids = ids;
        this.redactions = redactions;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        String tenant = callers.current().tenant();
        ScheduleRequest request = requests.read(tenant, StrictJson.read(Bodies.atMost(1, body)));
        String id = request.id().orElseGet(() -> ids.next().toString());
        return replies.edited(id, edits.create(new ScheduleKey(tenant, id), request.content()));
    }

    @GET
    public ScheduleList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "paused", "limit", "cursor");
        int limit = query.number("limit", 1, ScheduleTable.MAX_PAGE, PAGE);
        Boolean paused = query.read("paused", SchedulesResource::yesOrNo, "is true or false");
        String behind = query.cursor(SchedulesResource::name);
        return ScheduleList.cut(
                page(behind, paused, limit + 1), limit, clock.instant(), redactions.of(callers.current()));
    }

    private List<StoredSchedule> page(@Nullable String behind, @Nullable Boolean paused, int rows) {
        return table.page(callers.current().tenant(), behind == null ? "" : behind, paused, rows);
    }

    private static String name(String cursor) {
        return new ScheduleKey("any", cursor).id();
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
