package dev.millrace.worker.flows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.flow.Flow;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All workflows that this worker declares, ordered by name. Immutable; a bean that can be injected. */
public final class DeclaredFlows {

    private static final int MAX_BYTES = 256 << 10;
    private static final List<String> OF_A_START = List.of("name", "input", "metadata");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<DeclaredFlow> flows;

    public DeclaredFlows(List<DeclaredFlow> flows) {
        this.flows = List.copyOf(flows);
    }

    public List<DeclaredFlow> all() {
        return flows;
    }

    /** What the worker announces about them. */
    public List<WorkflowOffered> of(String worker) {
        return flows.stream()
                .map(flow -> new WorkflowOffered(worker, flow.name(), flow.description(), flow.json()))
                .toList();
    }

    /**
     * What a method declares.
     *
     * @throws IllegalStateException naming the method, if that is no flow, has something that is of each start, or is larger than 256 KiB
     */
    static DeclaredFlow of(String name, String description, String place, Object returned) {
        if (!(returned instanceof Flow flow)) {
            throw new IllegalStateException("The workflow '%s' (%s) returned no flow.".formatted(name, place));
        }
        String json = flow.toJson();
        List<String> besides = OF_A_START.stream().filter(read(json)::has).toList();
        if (!besides.isEmpty()) {
            throw new IllegalStateException(
                    "The workflow '%s' (%s) has %s, which each start has of its own: leave it out."
                            .formatted(name, place, String.join(" and ", besides)));
        }
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalStateException(
                    "The workflow '%s' (%s) is larger than 256 KiB as JSON.".formatted(name, place));
        }
        return new DeclaredFlow(name, description, json);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A flow is JSON.", impossible);
        }
    }
}
