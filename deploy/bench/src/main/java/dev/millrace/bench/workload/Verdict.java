package dev.millrace.bench.workload;

import dev.millrace.bench.report.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the bench's own jobs were dealt with as is promised. Some may have run twice, when a worker could not renew its
 * lease in time; the bench kills none.
 *
 * @param accepted jobs, as the clients were answered
 * @param recorded jobs of the bench's tasks, in the record
 * @param succeeded of these
 * @param counted of these, by tasks that count their calls
 * @param calls that these tasks have counted
 */
record Verdict(long accepted, long recorded, long succeeded, long counted, long calls) {

    List<Value> values() {
        return List.of(
                Value.cost("lost", (double) Math.max(accepted - recorded, 0)),
                Value.cost("notSucceeded", (double) (recorded - succeeded)),
                Value.cost("ranAgain", (double) Math.max(calls - counted, 0)));
    }

    List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (recorded < accepted) {
            broken.add("%d jobs were accepted and %d are in the record.".formatted(accepted, recorded));
        }
        if (succeeded < recorded) {
            broken.add("%d jobs are in the record and %d have succeeded.".formatted(recorded, succeeded));
        }
        if (calls < counted) {
            broken.add("%d jobs have succeeded whose tasks were called %d times.".formatted(counted, calls));
        }
        return broken;
    }
}
