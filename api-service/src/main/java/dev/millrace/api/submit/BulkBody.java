package dev.millrace.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.json.StrictJson;
import dev.millrace.api.problem.Problem;
import dev.millrace.api.problem.ProblemException;
import dev.millrace.api.problem.ProblemType;
import dev.millrace.api.problem.Violation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the two forms of a bulk call. */
final class BulkBody {

    static final int MAX_ITEMS = 1_000;

    private static final String JOBS = "jobs";

    /** Makes a job of an item's body, or throws its problem. */
    interface Reader extends Function<JsonNode, NewJob> {}

    private BulkBody() {}

    /** {@code {"jobs":[…]}}: the document as a whole has to be JSON. */
    static List<BulkItem> json(byte[] body, Reader reader) {
        JsonNode document = StrictJson.read(body);
        JsonNode jobs = document.path(JOBS);
        refuseOthers(document);
        if (!jobs.isArray()) {
            throw Problem.at(ProblemType.INVALID, "/jobs", "A bulk call is an object with a list 'jobs'.")
                    .exception();
        }
        requireSize(jobs.size());
        return StreamSupport.stream(jobs.spliterator(), false)
                .map(item -> item(item, reader))
                .toList();
    }

    /** A job a line; a line that is no JSON is that item's problem. Empty lines are passed over. */
    static List<BulkItem> lines(byte[] body, Reader reader) {
        List<String> lines =
                StrictJson.decode(body).lines().filter(line -> !line.isBlank()).toList();
        requireSize(lines.size());
        return lines.stream().map(line -> line(line, reader)).toList();
    }

    /** What the whole call counts as when bodies are compared. */
    static BodyHash hash(List<BulkItem> items) {
        ArrayNode hashes = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> hashes.add(item.body().hex()));
        return BodyHash.of(hashes);
    }

    private static void refuseOthers(JsonNode document) {
        List<Violation> unknown = document.propertyStream()
                .filter(field -> !field.getKey().equals(JOBS))
                .map(field -> new Violation(
                        JobRequestReader.pointer(field.getKey()), "A bulk call has no such field. Remove it."))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, unknown).exception();
        }
    }

    private static void requireSize(int items) {
        if (items > MAX_ITEMS) {
            throw Problem.of(ProblemType.TOO_LARGE, "A bulk call has at most 1,000 jobs, not " + items + ".")
                    .exception();
        }
        if (items == 0) {
            throw Problem.of(ProblemType.INVALID, "A bulk call has at least one job.")
                    .exception();
        }
    }

    private static BulkItem line(String line, Reader reader) {
        try {
            return item(StrictJson.read(line), reader);
        } catch (ProblemException notJson) {
            return new BulkItem.Bad(notJson.problem(), BodyHash.of(TextNode.valueOf(line)));
        }
    }

    private static BulkItem item(JsonNode item, Reader reader) {
        try {
            return new BulkItem.Good(reader.apply(item));
        } catch (ProblemException refusal) {
            return new BulkItem.Bad(refusal.problem(), BodyHash.of(item));
        }
    }
}
