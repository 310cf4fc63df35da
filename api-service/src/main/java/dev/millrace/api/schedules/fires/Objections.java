package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.schedule.ScheduleKey;
import java.util.Optional;

/** Says what would be wrong with what a schedule makes. */
@FunctionalInterface
public interface Objections {

    /** Why a fire would be rejected now; empty if it would not. */
    Optional<Problem> objectionTo(ScheduleKey schedule, JsonNode content);
}
