package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.access.KnownTokens;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.changes.Changes;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gives tokens, lists them, sets how fast they may call, and takes them away. */
@Path("/api/v1/tokens")
@Blocking
public class TokensResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final TokenTable table;
    private final KnownTokens known;
    private final Changes changes;
    private final RandomGenerator random;

    TokensResource(Callers callers, TokenTable table, KnownTokens known, Changes changes, RandomGenerator random) {
        this.callers = callers;
        this.table = table;
        this.known = known;
        this.changes = changes;
        this.random = random;
    }

    /** 201 with the token, whose text is told this once. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        TokenRequest asked = TokenRequest.read(callers.current(), StrictJson.read(Bodies.atMost(1, body)));
        TokenText token = TokenText.next(random);
        TokenDocument made = table.add(token, asked)
                .orElseThrow(() -> Problem.at(
                                ProblemType.INVALID,
                                "/expiresAt",
                                "A token expires in the future, in 365 days at the latest.")
                        .exception());
        changes.tell(null, made.toJson());
        return Response.status(Response.Status.CREATED)
                .entity(new NewToken(made, token.value()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .tag(Long.toString(made.version()))
                .build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public TokenList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, TokenTable.MAX_PAGE, PAGE);
        String behind = query.cursor(TokensResource::cursor);
        return TokenList.cut(table.page(callers.current(), behind == null ? "" : behind, limit + 1), limit);
    }

    /** A JSON Merge Patch: null sets back to the default of the installation. This instance obeys at once, others within 5 s. */
    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        UnaryOperator<@Nullable Integer> rate = TokenRequest.patch(StrictJson.read(Bodies.atMost(1, body)));
        TokenTable.Changed changed = Optional.of(id)
                .filter(TokenText::isId)
                .flatMap(one -> table.setRate(callers.current(), one, insists, rate))
                .orElseThrow(TokensResource::unknown);
        changes.tell(changed.before().toJson(), changed.now().toJson());
        known.forget(id);
        return Response.ok(changed.now())
                .tag(Long.toString(changed.now().version()))
                .build();
    }

    /** 204. This instance obeys at once, others within 5 s. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        TokenDocument revoked = Optional.of(id)
                .filter(TokenText::isId)
                .flatMap(one -> table.delete(callers.current(), one))
                .orElseThrow(TokensResource::unknown);
        changes.tell(revoked.toJson(), null);
        known.forget(id);
        return Response.noContent().build();
    }

    private static ProblemException unknown() {
        return Problem.of(ProblemType.NOT_FOUND, "There is no such token.").exception();
    }

    private static String cursor(String id) {
        JsonFields.require(TokenText.isId(id));
        return id;
    }
}
