package dev.millrace.log;

import dev.millrace.sensitive.Secrets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a job must not show, while it runs here. Only lines that carry the job's id are looked at: whoever submits a
 * job could otherwise blot out words of all others. May be used by many threads.
 */
public final class LineSecrets {

    private static final String JOB = "jobId";
    private static final Map<String, List<Secrets>> OF_JOBS = new ConcurrentHashMap<>();

    private LineSecrets() {}

    /** From now on, until {@link Kept#end}. */
    public static Kept keep(String jobId, Secrets secrets) {
        List<Secrets> one = List.of(secrets);
        OF_JOBS.merge(
                jobId,
                one,
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        return () -> OF_JOBS.computeIfPresent(jobId, (id, all) -> without(all, secrets));
    }

    /** Has the lines show again what was kept back. */
    @FunctionalInterface
    public interface Kept {
        void end();
    }

    /** What is to be done with the texts of a line that has these fields. */
    static UnaryOperator<String> masking(Map<String, String> fields) {
        String job = fields.get(JOB);
        List<Secrets> all = job == null ? List.of() : OF_JOBS.getOrDefault(job, List.of());
        return text -> maskedIn(text, all);
    }

    private static String maskedIn(String text, List<Secrets> all) {
        String masked = text;
        for (Secrets secrets : all) {
            masked = secrets.maskedIn(masked);
        }
        return masked;
    }

    private static @Nullable List<Secrets> without(List<Secrets> all, Secrets ended) {
        List<Secrets> rest = all.stream().filter(one -> one != ended).toList();
        return rest.isEmpty() ? null : rest;
    }
}
