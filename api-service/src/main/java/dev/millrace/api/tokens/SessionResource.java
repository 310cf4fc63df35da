package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.access.KnownTokens;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens sessions of browsers, and ends them. */
@Path("/api/v1/session")
@Blocking
public class SessionResource {

    private final Callers callers;
    private final SessionTable table;
    private final KnownTokens known;
    private final RandomGenerator random;
    private final InstantSource clock;

    SessionResource(
            Callers callers, SessionTable table, KnownTokens known, RandomGenerator random, InstantSource clock) {
        this.callers = callers;
        this.table = table;
        this.known = known;
        this.random = random;
        this.clock = clock;
    }

    /** 201 with the caller, and a cookie that is good in place of the token. Where nobody is asked for a token there is no cookie. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response open(byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Bodies.requireEmpty(body);
        Caller caller = callers.current();
        return callers.areAsked() ? opened(caller) : created(Me.of(caller)).build();
    }

    private Response opened(Caller caller) {
        requireToken(caller);
        TokenText session = TokenText.nextOfSession(random);
        Instant until = caller.token() == null
                ? table.openBound(session, callers.installationToken(), caller, callers.sessionLifetime())
                : table.open(session, caller.token(), callers.sessionLifetime()).orElseThrow(SessionResource::noToken);
        Duration lifetime = Duration.between(clock.instant(), until);
        return created(Me.of(caller, until))
                .header(HttpHeaders.SET_COOKIE, callers.cookie().given(session.value(), lifetime))
                .build();
    }

    private static ResponseBuilder created(Me me) {
        return Response.status(Response.Status.CREATED).entity(me).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** 204, also if the call came by no session. This instance obeys at once, others within 5 s. */
    @DELETE
    public Response close(@Context UriInfo uri) {
        QueryParameters.of(uri);
        String session = callers.current().session();
        if (session != null) {
            table.close(session);
            known.forget(session);
        }
        ResponseBuilder closed = Response.noContent();
        return callers.areAsked()
                ? closed.header(HttpHeaders.SET_COOKIE, callers.cookie().taken())
                        .build()
                : closed.build();
    }

    /** A session that opened the next one would never end. Of whom the issuer vouches for nothing is kept that could be revoked. */
    private static void requireToken(Caller caller) {
        if (caller.token() == null && !caller.givesToEveryTenant()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "A session is opened with a token of this installation; your issuer has sessions of its own.")
                    .exception();
        }
        if (caller.session() != null) {
            throw Problem.of(
                            ProblemType.UNAUTHENTICATED,
                            "A session is opened with a token in the header Authorization.")
                    .exception();
        }
    }

    private static RuntimeException noToken() {
        return Problem.of(ProblemType.UNAUTHENTICATED, "The token has expired or was revoked.")
                .exception();
    }
}
