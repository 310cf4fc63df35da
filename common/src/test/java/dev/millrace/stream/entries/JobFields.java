package dev.millrace.stream.entries;

import dev.millrace.job.Job;
import dev.millrace.job.JobSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries as the functions write them where their name does not say queue and band, for tests that have no functions. */
public final class JobFields {

    private JobFields() {}

    /** Names and values in turn, behind epoch and run. */
    public static List<String> named(Job job) {
        JobSpec spec = job.spec();
        List<String> fields = new ArrayList<>(
                List.of("job", job.id().toString(), "task", spec.task().value()));
        fields.addAll(List.of("queue", spec.queue().value(), "band", spec.band().label(), "tenant", spec.tenant()));
        fields.addAll(List.of("attempt", Integer.toString(job.attempt()), "deaths", Integer.toString(job.deaths())));
        Instant due = job.due();
        if (due != null) {
            fields.addAll(List.of("due", Long.toString(EntryCodec.ceiling(due))));
        }
        Instant expiresAt = job.expiresAt();
        if (expiresAt != null) {
            fields.addAll(List.of("expires", Long.toString(expiresAt.toEpochMilli())));
        }
        fields.addAll(EntryCodec.others(spec));
        fields.addAll(List.of("payload", spec.payload()));
        return fields;
    }

    /** A lean entry of a band by the names that it has elsewhere; any other as it is. */
    public static Map<String, String> named(Lane lane, Map<String, String> fields) {
        String[] head = fields.getOrDefault("h", "").split("\\|", 6);
        String[] start = fields.getOrDefault("r", "").split("\\.", 2);
        if (head.length < 6 || start.length < 2) {
            return fields;
        }
        Map<String, String> named = new LinkedHashMap<>();
        List<String> names = List.of("due", "expires", "attempt", "deaths", "task", "tenant");
        named.put("epoch", start[0]);
        named.put("run", start[1]);
        named.put("job", fields.getOrDefault("j", ""));
        named.put("queue", lane.queue().value());
        named.put("band", lane.label());
        for (int i = 0; i < names.size(); i++) {
            if (!head[i].isEmpty()) {
                named.put(names.get(i), head[i]);
            }
        }
        named.putAll(fields);
        List.of("r", "j", "h", "p").forEach(named::remove);
        named.put("payload", fields.getOrDefault("p", ""));
        return named;
    }
}
