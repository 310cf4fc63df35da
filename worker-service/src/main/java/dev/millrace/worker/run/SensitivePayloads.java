package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.job.TaskName;
import dev.millrace.sensitive.Secrets;
import dev.millrace.sensitive.SensitiveFields;
import java.util.HashMap;
import java.util.Map;

/** What the payloads of tasks have that no text of a run must show. Immutable; of tasks without it nothing is kept. */
public final class SensitivePayloads {

    /** Of tasks that mark nothing. */
    public static final SensitivePayloads NONE = new SensitivePayloads(Map.of());

    private final Map<TaskName, SensitiveFields> byTask;

    private SensitivePayloads(Map<TaskName, SensitiveFields> byTask) {
        this.byTask = Map.copyOf(byTask);
    }

    /** Of the schemas of the payloads. */
    public static SensitivePayloads of(Map<TaskName, String> schemas) {
        Map<TaskName, SensitiveFields> marked = new HashMap<>();
        schemas.forEach((task, schema) -> marked.put(task, SensitiveFields.of(schema)));
        marked.values().removeIf(SensitiveFields::isEmpty);
        return new SensitivePayloads(marked);
    }

    /** The values of its payload; none if its task marks none. */
    public Secrets of(Job job) {
        SensitiveFields fields = byTask.get(job.task());
        return fields == null ? Secrets.NONE : fields.secrets(job.payload());
    }
}
