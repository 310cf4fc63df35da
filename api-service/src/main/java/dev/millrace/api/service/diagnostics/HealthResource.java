package dev.millrace.api.service.diagnostics;

import dev.millrace.api.http.parameters.QueryParameters;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Shows how all parts are. */
@Path("/api/v1/health")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class HealthResource {

    private final Overview overview;

    public HealthResource(Overview overview) {
        this.overview = overview;
    }

    /** 200 whatever is down. */
    @GET
    public HealthDocument health(@Context UriInfo uri) {
        QueryParameters.of(uri);
        return overview.document();
    }
}
