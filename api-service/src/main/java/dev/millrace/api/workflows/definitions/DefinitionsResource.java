package dev.millrace.api.workflows.definitions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.workflows.definitions.DefinitionChanges.Put;
import dev.millrace.api.workflows.record.Definition;
import dev.millrace.api.workflows.record.DefinitionRows;
import dev.millrace.names.Names;
import dev.millrace.postgres.Db;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts, reads and deletes definitions of workflows. */
@Path("/api/v1/workflow-definitions")
@Blocking
public class DefinitionsResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Callers callers;
    private final Intake intake;
    private final DefinitionRequest requests;
    private final DefinitionChanges changes;
    private final Redactions redactions;
    private final Db db;

    DefinitionsResource(
            Callers callers,
            Intake intake,
            DefinitionRequest requests,
            DefinitionChanges changes,
            Redactions redactions,
            Db db) {
        this.redactions = redactions;
        this.callers = callers;
        this.intake = intake;
        this.requests = requests;
        this.changes = changes;
        this.db = db;
    }

    /** The current versions in the order of names, 1 to 200 a page, 50 unless {@code limit} says otherwise. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        String behind = query.read("cursor", DefinitionsResource::cursor, "is the nextCursor of the page before");
        String tenant = callers.current().tenant();
        return page(
                db.session(LIMIT, tx -> DefinitionRows.page(tx, tenant, behind == null ? "" : behind, limit + 1)),
                limit,
                Definition::name);
    }

    /** 201 with a new version, which is the current one from then on; 200 if the current one is equal. */
    @PUT
    @Produces(MediaType.APPLICATION_JSON)
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        requireName(name);
        intake.requireReady();
        String tenant = callers.current().tenant();
        Put put = changes.put(
                tenant,
                name,
                requests.read(tenant, StrictJson.read(Bodies.atMost(1, body))).orThrow(),
                insists);
        return answer(put.made() ? Status.CREATED : Status.OK, put.definition());
    }

    /** The current version, or another one. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("/{name}")
    public Response definition(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "version");
        int version = query.number("version", 1, Integer.MAX_VALUE, 0);
        requireName(name);
        String tenant = callers.current().tenant();
        return answer(
                Status.OK,
                db.session(LIMIT, tx -> DefinitionRows.find(tx, tenant, name, version == 0 ? null : version))
                        .orElseThrow(DefinitionsResource::unknown));
    }

    /** The newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("/{name}/versions")
    public ObjectNode versions(@PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        int before = query.number("cursor", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        requireName(name);
        String tenant = callers.current().tenant();
        List<Definition> rows = db.session(LIMIT, tx -> DefinitionRows.versions(tx, tenant, name, before, limit + 1));
        if (rows.isEmpty() && before == Integer.MAX_VALUE) {
            throw unknown();
        }
        return page(rows, limit, definition -> Integer.toString(definition.version()));
    }

    /** Nothing starts with it any more; workflows that have begun go on. */
    @DELETE
    @Path("/{name}")
    public Response delete(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        requireName(name);
        changes.delete(callers.current().tenant(), name, insists);
        return Response.noContent().build();
    }

    /** Also said of another tenant's. */
    static ProblemException unknown() {
        return Problem.of(ProblemType.NOT_FOUND, "There is no such definition of a workflow.")
                .exception();
    }

    private static ObjectNode page(List<Definition> rows, int limit, Function<Definition, String> cursor) {
        List<Definition> page = rows.subList(0, Math.min(limit, rows.size()));
        return DefinitionDocument.list(page, rows.size() <= limit ? null : cursor.apply(page.getLast()));
    }

    private Response answer(Status status, Definition definition) {
        return Response.status(status)
                .header(
                        HttpHeaders.LOCATION,
                        status == Status.CREATED ? "/api/v1/workflow-definitions/" + definition.name() : null)
                .entity(DefinitionDocument.of(definition, redactions.of(callers.current())))
                .tag(Integer.toString(definition.version()))
                .build();
    }

    private static String cursor(String text) {
        Names.check("A name", text);
        return text;
    }

    private static void requireName(String name) {
        if (!Names.isName(name)) {
            throw Problem.of(ProblemType.NOT_FOUND, "The name of a definition has " + Names.RULE + ".")
                    .exception();
        }
    }
}
