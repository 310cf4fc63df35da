package dev.millrace.proving.chaos.history;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Cancel;
import dev.millrace.proving.chaos.load.Submits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was seen of a scenario.
 *
 * @param accepted what clients know of each number that was accepted
 * @param refused answers that no client should get
 * @param givenUp numbers whose calls were never answered
 * @param cancels that clients asked for
 * @param executions in the order in which they started
 * @param faults in their order
 * @param rows of every job, at the end
 * @param fires of every schedule
 * @param changedEnds jobs whose visible end changed
 * @param events in the order of their stream
 * @param leftovers what was in Redis when it should have been clean
 * @param untilClean from the last end to that look
 */
public record History(
        Map<Long, Submits.Accepted> accepted,
        List<String> refused,
        Set<Long> givenUp,
        List<Cancel> cancels,
        List<Execution> executions,
        List<Fault> faults,
        List<Row> rows,
        List<Fire> fires,
        List<String> changedEnds,
        List<JsonLines.Event> events,
        List<String> leftovers,
        Duration untilClean) {

    public History {
        accepted = Map.copyOf(accepted);
        refused = List.copyOf(refused);
        givenUp = Set.copyOf(givenUp);
        cancels = List.copyOf(cancels);
        executions = List.copyOf(executions);
        faults = List.copyOf(faults);
        rows = List.copyOf(rows);
        fires = List.copyOf(fires);
        changedEnds = List.copyOf(changedEnds);
        events = List.copyOf(events);
        leftovers = List.copyOf(leftovers);
    }
}
