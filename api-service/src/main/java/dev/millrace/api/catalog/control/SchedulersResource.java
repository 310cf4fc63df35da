package dev.millrace.api.catalog.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.api.catalog.control.Control.Answer;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.names.Names;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.control.ControlMembers.Member;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows schedulers, which Redis knows by what they read, and asks them for a reply. */
@Path("/api/v1/schedulers")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SchedulersResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;

    private final Callers callers;
    private final ControlMembers members;
    private final Control control;

    public SchedulersResource(Callers callers, ControlMembers members, Control control) {
        this.callers = callers;
        this.members = members;
        this.control = control;
    }

    /** A scheduler as clients see it. */
    @RegisterForReflection
    public record SchedulerDocument(String id, Instant lastSeenAt) {}

    /** Some of them; the cursor leads to the next ones, null at the end. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SchedulerList(
            List<SchedulerDocument> items, @Nullable String nextCursor) {

        static SchedulerList cut(List<Member> found, int limit) {
            List<SchedulerDocument> items = found.stream()
                    .limit(limit)
                    .map(one -> new SchedulerDocument(one.id(), one.lastSeenAt()))
                    .toList();
            return new SchedulerList(
                    items, found.size() > limit ? items.getLast().id() : null);
        }
    }

    /** Those that were heard of within a minute, in the order of ids. */
    @GET
    public SchedulerList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        String behind = query.cursorName();
        return SchedulerList.cut(
                living().stream()
                        .filter(one -> behind == null || one.id().compareTo(behind) > 0)
                        .toList(),
                limit);
    }

    /** 200 with its reply, 504 if there is none. */
    @POST
    @Path("/{id}/ping")
    @Consumes(MediaType.WILDCARD)
    public ReplyDocument ping(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        Bodies.requireEmpty(body);
        if (!Names.isName(id) || living().stream().noneMatch(one -> one.id().equals(id))) {
            throw Problem.of(ProblemType.NOT_FOUND, "No scheduler of this id was heard of within a minute.")
                    .exception();
        }
        Answer answer = control.ask(Set.of(id), new Ping()).get(id);
        if (answer == null) {
            throw Problem.of(ProblemType.NO_REPLY, "The scheduler has not replied in 5 seconds.")
                    .exception();
        }
        return ReplyDocument.of(new Ping(), answer);
    }

    private List<Member> living() {
        try {
            return members.living(MemberKind.SCHEDULER);
        } catch (StreamsUnavailable away) {
            throw Problem.of(ProblemType.UNAVAILABLE, "Redis, which knows the schedulers, cannot be asked now.")
                    .exception();
        }
    }
}
