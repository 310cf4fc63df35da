package dev.millrace.api.service.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.service.diagnostics.Finding.Level;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** Says what keeps jobs from running, and what to do. */
@Path("/api/v1/diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DiagnosticsResource {

    private final Diagnosis diagnosis;
    private final InstantSource clock;

    public DiagnosticsResource(Diagnosis diagnosis, InstantSource clock) {
        this.diagnosis = diagnosis;
        this.clock = clock;
    }

    /**
     * What all checks found, as clients see it.
     *
     * @param status the worst of theirs
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record DiagnosisDocument(Instant at, String status, List<Finding> checks) {}

    /** 200 whatever was found. */
    @GET
    public DiagnosisDocument diagnose(@Context UriInfo uri) {
        QueryParameters.of(uri);
        List<Finding> findings = diagnosis.findings();
        Level worst = findings.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
        return new DiagnosisDocument(clock.instant(), worst.label(), findings);
    }
}
