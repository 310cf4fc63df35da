package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.http.json.OnlyList;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Checked.Accepted;
import dev.millrace.api.http.problem.Checked.Refused;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.NewJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the two forms of a bulk call. In both, what is wrong with one job is that item's own problem. */
final class BulkBody {

    static final int MAX_ITEMS = 1_000;

    private static final Pattern LINE_END = Pattern.compile("\r?\n");

    /** Makes a job of an item's body. */
    interface Reader extends Function<JsonNode, Checked<NewJob>> {}

    private BulkBody() {}

    /** {@code {"jobs":[…]}}: the document as a whole has to be JSON. */
    static List<BulkItem> json(byte[] body, Reader reader) {
        List<String> jobs = OnlyList.elements(StrictJson.decode(body), "jobs");
        requireSize(jobs.size());
        return jobs.stream().map(job -> item(job, reader)).toList();
    }

    /** A job a line, each ended by LF or CR LF, the last one by either or nothing. Empty lines are passed over. */
    static List<BulkItem> lines(byte[] body, Reader reader) {
        // Every byte is a character here, and the same byte again below: no line spoils the others.
        List<String> lines = LINE_END.splitAsStream(new String(body, StandardCharsets.ISO_8859_1))
                .filter(line -> !line.isBlank())
                .toList();
        requireSize(lines.size());
        return lines.stream().map(line -> line(line, reader)).toList();
    }

    /** What the whole call counts as when bodies are compared. */
    static BodyHash hash(List<BulkItem> items) {
        ArrayNode hashes = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> hashes.add(item.body().hex()));
        return BodyHash.of(hashes);
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

    private static BulkItem line(String bytes, Reader reader) {
        return switch (StrictJson.text(bytes.getBytes(StandardCharsets.ISO_8859_1))) {
            case Accepted<String>(String text) -> item(text, reader);
            case Refused<String>(Problem notText) -> new BulkItem.Bad(notText, BodyHash.of(TextNode.valueOf(bytes)));
        };
    }

    private static BulkItem item(String text, Reader reader) {
        return switch (StrictJson.parse(text)) {
            case Accepted<JsonNode>(JsonNode item) -> item(item, reader);
            case Refused<JsonNode>(Problem notJson) -> new BulkItem.Bad(notJson, BodyHash.of(TextNode.valueOf(text)));
        };
    }

    private static BulkItem item(JsonNode item, Reader reader) {
        return switch (reader.apply(item)) {
            case Accepted<NewJob>(NewJob job) -> new BulkItem.Good(job);
            case Refused<NewJob>(Problem refusal) -> new BulkItem.Bad(refusal, BodyHash.of(item));
        };
    }
}
