package dev.millrace.api.schedules;

import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.names.Names;
import dev.millrace.schedule.ScheduleEvent.Reason;
import dev.millrace.schedule.ScheduleKey;

/** What is said to clients whose wish is not carried out. */
final class Refusals {

    private Refusals() {}

    /** What the schedulers' reason comes to. */
    static RuntimeException of(Reason reason, ScheduleKey key) {
        return switch (reason) {
            case EXISTS ->
                conflict("There is a schedule '" + key.id() + "' already. Replace it with PUT, or choose another id.");
            case UNKNOWN -> unknown(key.id());
            case STALE -> IfMatch.stale().exception();
            case CONFIGURED ->
                conflict("The schedule '" + key.id()
                        + "' is declared in the configuration of the schedulers. Change it there.");
            case INVALID ->
                Problem.of(
                                ProblemType.INVALID,
                                "The schedulers cannot carry it out; they may be of an older version than this service.")
                        .exception();
        };
    }

    static RuntimeException unknown(String id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no schedule '" + id + "'.")
                .exception();
    }

    static RuntimeException conflict(String detail) {
        return Problem.of(ProblemType.CONFLICT, detail).exception();
    }

    /** Said of a body whose id is not that of the path. */
    static RuntimeException otherId() {
        return Problem.at(
                        ProblemType.INVALID,
                        "/id",
                        "'id' is not the id in the path. Remove it: a schedule keeps its id.")
                .exception();
    }

    /** Reads the id in a path; one that is no name names no schedule. */
    static ScheduleKey key(String tenant, String id) {
        try {
            return ScheduleRequests.key(tenant, id);
        } catch (IllegalArgumentException noName) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such schedule: its id has " + Names.RULE + ".")
                    .exception();
        }
    }
}
