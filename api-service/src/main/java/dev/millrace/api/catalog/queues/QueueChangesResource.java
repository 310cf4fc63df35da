package dev.millrace.api.catalog.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.queues.Pauses.Told;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.changes.Changes;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.fleet.ControlAction;
import dev.millrace.job.QueueName;
import dev.millrace.json.JsonFields;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes queues, for all tenants. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class QueueChangesResource {

    private static final int MAX_REASON = 1024;
    private static final Set<String> SETTINGS = Set.of("priority", "slots");

    private final Callers callers;
    private final Queues queues;
    private final Pauses pauses;
    private final QueueSettings settings;
    private final WorkersSlots workersSlots;
    private final Changes changes;

    public QueueChangesResource(
            Callers callers,
            Queues queues,
            Pauses pauses,
            QueueSettings settings,
            WorkersSlots workersSlots,
            Changes changes) {
        this.callers = callers;
        this.queues = queues;
        this.pauses = pauses;
        this.settings = settings;
        this.workersSlots = workersSlots;
        this.changes = changes;
    }

    /** 200 once workers obey, which they do within a second; 202 while Redis is away: they obey once it is back. */
    @POST
    @Path("/{name}/pause")
    @Consumes(MediaType.WILDCARD)
    public Response pause(@PathParam("name") String name, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        String reason = reason(body);
        return answer(pauses.pause(queues.require(name), reason));
    }

    /** As {@link #pause}. */
    @POST
    @Path("/{name}/resume")
    @Consumes(MediaType.WILDCARD)
    public Response resume(@PathParam("name") String name, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        Bodies.requireEmpty(body);
        return answer(pauses.resume(queues.require(name)));
    }

    /** A JSON Merge Patch of what is set; null sets back to the default. */
    @PATCH
    @Path("/{name}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Response change(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        IfMatch insists = IfMatch.of(match);
        JsonFields fields = Bodies.fields(StrictJson.read(Bodies.atMost(1, body)), "What is to be set", SETTINGS);
        Integer priority = fields.read("priority", "a whole number from 1 to 10", QueueChangesResource::priority);
        Integer slots = fields.read("slots", "a whole number from 1 to 1,000", QueueChangesResource::slots);
        Bodies.requireRight(fields);
        QueueName queue = queues.require(name);
        boolean setsPriority = fields.object().has("priority");
        boolean setsSlots = fields.object().has("slots");
        QueueSetting set = setsPriority || setsSlots
                ? told(settings.change(
                        queue,
                        before -> before.withPriority(setsPriority ? priority : before.priority())
                                .withSlots(setsSlots ? slots : before.slots()),
                        insists))
                : settings.unchanged(queue, insists);
        if (setsSlots) {
            workersSlots.tell();
        }
        return answer(Status.OK, set);
    }

    private QueueSetting told(QueueSettings.Changed set) {
        changes.tell(set.before().toJson(), set.now().toJson());
        return set.now();
    }

    private Response answer(Told told) {
        changes.tell(told.before().toJson(), told.setting().toJson());
        return answer(told.toRedis() ? Status.OK : Status.ACCEPTED, told.setting());
    }

    private Response answer(Status status, QueueSetting setting) {
        return Response.status(status)
                .entity(queues.document(setting.queue()))
                .tag(Long.toString(setting.version()))
                .build();
    }

    private static Integer priority(JsonNode value) {
        return number(value, 10);
    }

    private static Integer slots(JsonNode value) {
        return number(value, ControlAction.MOST_SLOTS);
    }

    private static Integer number(JsonNode value, int most) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt());
        JsonFields.require(value.intValue() >= 1 && value.intValue() <= most);
        return value.intValue();
    }

    /** Null without one. */
    private static @Nullable String reason(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        JsonFields fields =
                Bodies.fields(StrictJson.read(Bodies.atMost(1, body)), "The body of a pause", Set.of("reason"));
        String reason = fields.text("reason", "a text of at most 1,024 characters", text -> {
            JsonFields.require(text.length() <= MAX_REASON);
            return text;
        });
        Bodies.requireRight(fields);
        return reason;
    }
}
