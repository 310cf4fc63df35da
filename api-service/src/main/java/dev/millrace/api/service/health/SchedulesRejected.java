package dev.millrace.api.service.health;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.schedules.fires.RejectedSchedules;
import dev.millrace.schedule.ScheduleKey;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Always up: it tells how many schedules there are whose jobs are refused, and names the first of them, unless callers are asked
 * who they are: this is told to everybody, and a schedule is of one tenant.
 */
@Readiness
public class SchedulesRejected implements HealthCheck {

    private static final int NAMED = 5;

    private final RejectedSchedules rejected;
    private final Callers callers;

    public SchedulesRejected(RejectedSchedules rejected, Callers callers) {
        this.rejected = rejected;
        this.callers = callers;
    }

    @Override
    public HealthCheckResponse call() {
        List<ScheduleKey> found = rejected.found();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("schedules (not required)").up().withData("rejected", found.size());
        return found.isEmpty() || callers.areAsked()
                ? response.build()
                : response.withData("first", names(found)).build();
    }

    private static String names(List<ScheduleKey> found) {
        return found.stream().limit(NAMED).map(ScheduleKey::toString).collect(Collectors.joining(", "));
    }
}
