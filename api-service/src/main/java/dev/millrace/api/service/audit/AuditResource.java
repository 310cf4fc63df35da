package dev.millrace.api.service.audit;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.service.audit.AuditEntry.AuditList;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Shows who changed what of the caller's tenant. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class AuditResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;

    private final Callers callers;
    private final AuditTable table;

    public AuditResource(Callers callers, AuditTable table) {
        this.callers = callers;
        this.table = table;
    }

    /** The latest first, 1 to 200 a page, 50 unless {@code limit} says otherwise. */
    @GET
    public AuditList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        Long before = query.cursor(Long::parseUnsignedLong);
        return AuditList.cut(
                table.page(callers.current().tenant(), before == null ? Long.MAX_VALUE : before, limit + 1), limit);
    }
}
