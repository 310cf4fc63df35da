package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.schedules.ScheduleChanges.ChangeResult;
import dev.millrace.api.schedules.ScheduleTable.StoredSchedule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.time.InstantSource;

/** Says to a client what became of its change. */
@Singleton
public class ScheduleResponses {

    static final String PLACE = "/api/v1/schedules";

    private final Callers callers;
    private final Redactions redactions;
    private final InstantSource clock;

    /** A change that stands, and that no scheduler has confirmed yet; {@code confirmed} is false. */
    @RegisterForReflection
    public record PendingSchedule(String id, boolean confirmed) {

        static PendingSchedule of(String id) {
            return new PendingSchedule(id, false);
        }
    }

    public ScheduleResponses(Callers callers, Redactions redactions, InstantSource clock) {
        this.callers = callers;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** 201 or 200 with the schedule and its ETag, 204 for one that is gone, 202 for what is not confirmed. */
    Response edited(String id, ChangeResult edited) {
        return switch (edited) {
            case ChangeResult.Confirmed(StoredSchedule schedule, boolean created) ->
                created ? created(id, schedule) : schedule(schedule);
            case ChangeResult.Pending pending ->
                place(Response.status(Status.ACCEPTED), id)
                        .entity(PendingSchedule.of(id))
                        .build();
            case ChangeResult.Gone gone -> Response.noContent().build();
        };
    }

    Response schedule(StoredSchedule schedule) {
        return with(Response.ok(), schedule).build();
    }

    private Response created(String id, StoredSchedule schedule) {
        return with(place(Response.status(Status.CREATED), id), schedule).build();
    }

    private ResponseBuilder with(ResponseBuilder reply, StoredSchedule schedule) {
        return reply.entity(ScheduleDocument.of(schedule, clock.instant(), redactions.of(callers.current())))
                .tag(Long.toString(schedule.schedule().version()));
    }

    /** Relative to the server, which may be known to the client by another name. */
    private static ResponseBuilder place(ResponseBuilder reply, String id) {
        return reply.header(HttpHeaders.LOCATION, PLACE + "/" + id);
    }
}
