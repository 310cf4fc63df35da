package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.JobInserts.Result;
import java.util.Iterator;
import java.util.List;

/**
 * Writes the reply to a bulk call: one item for each of its jobs, in order.
 *
 * @param path of the request, for the problems of its items
 */
record BulkReply(List<BulkItem> items, String path, String traceId) {

    private static final Problem TAKEN =
            Problem.at(ProblemType.ID_TAKEN, "/id", "A job with this id and another body exists.");

    /** The results are those of the good items. */
    String write(List<Result> results) {
        Iterator<Result> result = results.iterator();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int rejected = 0;
        for (BulkItem item : items) {
            ObjectNode entry = list.addObject().put("index", list.size() - 1);
            rejected += write(entry, item, result) ? 0 : 1;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("accepted", items.size() - rejected)
                .put("rejected", rejected)
                .set("items", list)
                .toString();
    }

    private boolean write(ObjectNode entry, BulkItem item, Iterator<Result> result) {
        return switch (item) {
            case BulkItem.Bad bad -> refused(entry, bad.problem());
            case BulkItem.Good good when result.next() == Result.ID_CONFLICT -> refused(entry, TAKEN);
            case BulkItem.Good good -> {
                entry.put("id", good.job().id().toString());
                yield true;
            }
        };
    }

    private boolean refused(ObjectNode entry, Problem problem) {
        entry.set("problem", problem.toJson(path, traceId));
        return false;
    }
}
