package dev.millrace.api.tenants;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.changes.Changes;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
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
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Shows tenants, and sets what they may have. The installation's own token sees and sets all; an admin of a tenant sees its own.
 */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class TenantsResource {

    private static final String PATH = "/api/v1/tenants/";
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Callers callers;
    private final Db db;
    private final KnownQuotas known;
    private final Changes changes;

    public TenantsResource(Callers callers, Db db, KnownQuotas known, Changes changes) {
        this.callers = callers;
        this.db = db;
        this.known = known;
        this.changes = changes;
    }

    /** 201; 409 if there is one of this name. This instance obeys at once, others within about a second. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        requireInstallation();
        TenantRequest.New asked = TenantRequest.create(StrictJson.read(Bodies.atMost(1, body)));
        Tenant made = db.session(LIMIT, tx -> TenantRows.add(tx, asked.name(), asked.quotas()))
                .orElseThrow(() -> Problem.at(ProblemType.CONFLICT, "/name", "There is a tenant of this name.")
                        .exception());
        changes.tell(null, made.quotas().toJson());
        known.refreshOnce();
        return answer(Status.CREATED, made);
    }

    /** In the order of names, 1 to 200 a page, 50 unless {@code limit} says otherwise. */
    @GET
    public TenantList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        String behind = query.cursorName();
        Caller caller = callers.current();
        return caller.givesToEveryTenant()
                ? TenantList.cut(db.session(LIMIT, tx -> TenantRows.page(tx, behind, limit + 1)), limit)
                : new TenantList(behind.isEmpty() ? List.of(own(caller)) : List.of(), null);
    }

    @GET
    @Path("/{name}")
    public Response tenant(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        if (!caller.givesToEveryTenant() && !caller.tenant().equals(name)) {
            throw unknown();
        }
        return answer(Status.OK, caller.tenant().equals(name) ? own(caller) : existing(name));
    }

    /** A JSON Merge Patch: null takes a limit away. As {@link #create}. */
    @PATCH
    @Path("/{name}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Response change(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        requireInstallation();
        IfMatch insists = IfMatch.of(match);
        UnaryOperator<Quotas> change = TenantRequest.patch(StrictJson.read(Bodies.atMost(1, body)));
        Tenant changed = db.transaction(LIMIT, tx -> change(tx, name, insists, change));
        known.refreshOnce();
        return answer(Status.OK, changed);
    }

    /** What changes nothing keeps the version. */
    private Tenant change(Tx tx, String name, IfMatch insists, UnaryOperator<Quotas> change) {
        Tenant before = TenantRows.lock(tx, name).orElseThrow(TenantsResource::unknown);
        insists.require(before.version());
        Quotas quotas = change.apply(before.quotas());
        changes.tell(before.quotas().toJson(), quotas.toJson());
        return quotas.equals(before.quotas()) ? before : TenantRows.update(tx, name, quotas);
    }

    private Tenant existing(String name) {
        return db.session(LIMIT, tx -> TenantRows.find(tx, name)).orElseThrow(TenantsResource::unknown);
    }

    /** Of a tenant that only an issuer has named there is no row until it is first looked at. */
    private Tenant own(Caller caller) {
        return db.session(
                        LIMIT,
                        tx -> TenantRows.find(tx, caller.tenant())
                                .or(() -> TenantRows.add(tx, caller.tenant(), Quotas.NONE))
                                .or(() -> TenantRows.find(tx, caller.tenant())))
                .orElseThrow(TenantsResource::unknown);
    }

    private void requireInstallation() {
        if (!callers.current().givesToEveryTenant()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "What tenants may have is set with MILLRACE_ADMIN_TOKEN; the admins of one see it.")
                    .exception();
        }
    }

    private static Response answer(Status status, Tenant tenant) {
        return Response.status(status)
                .header(HttpHeaders.LOCATION, status == Status.CREATED ? PATH + tenant.name() : null)
                .entity(tenant)
                .tag(Long.toString(tenant.version()))
                .build();
    }

    private static ProblemException unknown() {
        return Problem.of(ProblemType.NOT_FOUND, "There is no such tenant.").exception();
    }
}
