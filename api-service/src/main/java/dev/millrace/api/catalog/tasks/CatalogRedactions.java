package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.job.JobError;
import dev.millrace.job.TaskName;
import dev.millrace.sensitive.SensitiveFields;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hides from callers below operator what the schemas of a task mark as sensitive, as it was last announced. Of a task that this
 * instance does not know, or not yet, all values are hidden.
 */
@Singleton
final class CatalogRedactions implements Redactions {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String MASKED = '"' + SensitiveFields.MASK + '"';

    private final KnownTasks tasks;
    private final Redaction belowOperator = new Masked();
    private final Map<TaskName, Marks> marks = new ConcurrentHashMap<>();

    CatalogRedactions(KnownTasks tasks) {
        this.tasks = tasks;
    }

    /** What the schemas of a task mark, and the schemas. */
    private record Marks(
            JsonNode payloadSchema, JsonNode resultSchema, SensitiveFields payload, SensitiveFields result) {

        static Marks of(TaskInfo task) {
            return new Marks(
                    task.payloadSchema(),
                    task.resultSchema(),
                    SensitiveFields.of(task.payloadSchema()),
                    SensitiveFields.of(task.resultSchema()));
        }

        boolean areOf(TaskInfo task) {
            return payloadSchema.equals(task.payloadSchema()) && resultSchema.equals(task.resultSchema());
        }
    }

    @Override
    public Redaction of(Caller caller) {
        return caller.role().mayWhatNeeds(Role.OPERATOR) ? Redaction.NONE : belowOperator;
    }

    private Optional<Marks> marks(TaskName name) {
        return tasks.find(name).map(this::marks);
    }

    private Marks marks(TaskInfo task) {
        Marks known = marks.get(task.name());
        if (known != null && known.areOf(task)) {
            return known;
        }
        Marks fresh = Marks.of(task);
        marks.put(task.name(), fresh);
        return fresh;
    }

    private final class Masked implements Redaction {

        @Override
        public boolean concerns(TaskName task) {
            return marks(task)
                    .map(of -> !of.payload().isEmpty() || !of.result().isEmpty())
                    .orElse(true);
        }

        @Override
        public String payload(TaskName task, String json) {
            return marks(task).map(of -> of.payload().masked(json)).orElse(MASKED);
        }

        @Override
        public @Nullable String result(TaskName task, @Nullable String json) {
            return json == null
                    ? null
                    : marks(task).map(of -> of.result().masked(json)).orElse(MASKED);
        }

        /** The error of an entry that nobody could read has its bytes in the place of a stack trace. */
        @Override
        public @Nullable Failure failure(TaskName task, @Nullable Failure failure) {
            return failure != null && failure.type().equals(JobError.QUARANTINED) && concerns(task)
                    ? new Failure(failure.type(), failure.message(), SensitiveFields.MASK)
                    : failure;
        }

        @Override
        public String request(String json) {
            try {
                return JSON.readTree(json) instanceof ObjectNode job ? request(job) : MASKED;
            } catch (JsonProcessingException noJson) {
                return MASKED;
            }
        }

        private String request(ObjectNode job) {
            JsonNode payload = job.get("payload");
            if (payload != null) {
                String shown = SensitiveFields.MASK;
                Optional<Marks> of = task(job).flatMap(CatalogRedactions.this::marks);
                job.set(
                        "payload",
                        of.map(known -> known.payload().masked(payload)).orElseGet(() -> job.textNode(shown)));
            }
            return job.toString();
        }

        private static Optional<TaskName> task(ObjectNode job) {
            try {
                return Optional.of(new TaskName(job.path("task").asText()));
            } catch (IllegalArgumentException noName) {
                return Optional.empty();
            }
        }
    }
}
