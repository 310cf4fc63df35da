package dev.millrace.api.service.health;

import dev.millrace.api.record.projection.ProjectionMeters;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always up: it tells by how many milliseconds the record is behind the events. */
@Readiness
public class ProjectionLag implements HealthCheck {

    private final ProjectionMeters meters;

    public ProjectionLag(ProjectionMeters meters) {
        this.meters = meters;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("projection (not required)")
                .up()
                .withData("lagMillis", meters.lagMillis())
                .build();
    }
}
