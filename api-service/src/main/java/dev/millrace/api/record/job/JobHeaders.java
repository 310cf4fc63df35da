package dev.millrace.api.record.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.job.JobSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a task is told beside its payload: the metadata that are texts, and the trace of the request. */
public final class JobHeaders {

    /** Under it a task finds the trace of the request that submitted its job; metadata of this name give way. */
    private static final String TRACE_PARENT = "traceparent";

    private static final ObjectMapper JSON = new ObjectMapper();

    private JobHeaders() {}

    /**
     * The headers; more than {@link JobSpec#MAX_HEADERS} make no job.
     *
     * @param metadata a JSON object
     */
    public static Map<String, String> of(@Nullable String traceParent, JsonNode metadata) {
        Map<String, String> headers = new HashMap<>();
        metadata.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> headers.put(field.getKey(), field.getValue().textValue()));
        if (traceParent != null) {
            headers.put(TRACE_PARENT, traceParent);
        }
        return headers;
    }

    /** As {@link #of(String, JsonNode)}, of the metadata's text. */
    public static Map<String, String> of(@Nullable String traceParent, String metadata) {
        try {
            return of(traceParent, JSON.readTree(metadata));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "Metadata in api.job are not JSON: they were written by something else.", broken);
        }
    }
}
