package dev.millrace.api.jobs.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.accept.Orderer;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.orders.ChildRows;
import java.util.ArrayList;
import java.util.List;

/**
 * One order, as its run wrote it.
 *
 * @param place among the orders of its run, from 1
 * @param job what is to be made: an object, or what is refused
 */
record Ordered(Orderer orderer, int place, String key, JsonNode job) {

    private static final int LONGEST_KEY = 255;

    private static final ObjectReader LIST = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    /** The orders of a JSON list. */
    static List<Ordered> read(Orderer orderer, String list) {
        JsonNode orders = tree(list);
        List<Ordered> all = new ArrayList<>(orders.size());
        for (JsonNode order : orders) {
            int place = all.size() + 1;
            all.add(new Ordered(orderer, place, key(order, place), order.path("job")));
        }
        return all;
    }

    /** The projection takes nothing that is no JSON. */
    private static JsonNode tree(String list) {
        try {
            return LIST.readTree(list);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "Orders in api.job_order are not JSON: they were written by something else.", broken);
        }
    }

    /** The key of one that has none, which workers do not write, is its place. */
    private static String key(JsonNode order, int place) {
        String key = order.path("key").asText();
        boolean good = !key.isEmpty() && key.length() <= LONGEST_KEY && key.indexOf('\0') < 0;
        return good ? key : "#" + place;
    }

    ChildRows.Name name() {
        return new ChildRows.Name(orderer.job(), key);
    }

    /** The job, as strictly as it would be read from a client. */
    Checked<NewJob> check(Intake intake) {
        return job.isObject()
                ? StrictJson.parse(job.toString()).then(body -> intake.ofOrder(orderer, key, body))
                : new Checked.Refused<>(Problem.at(ProblemType.INVALID, "", "The order names no job."));
    }
}
