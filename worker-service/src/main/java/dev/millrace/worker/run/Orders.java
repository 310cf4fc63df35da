package dev.millrace.worker.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.millrace.job.JobId;
import dev.millrace.task.JobOrder;
import dev.millrace.worker.registry.TaskJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What one run has ordered so far, each order as the JSON text that its end will carry. May be used by many threads. */
final class Orders {

    static final int MOST = 1_000;
    static final int MAX_BYTES = 256 * 1024;

    private final JobId parent;
    private final SequencedMap<String, String> texts = new LinkedHashMap<>();
    private final Flush flush;
    private int bytes = 2;
    private int flushed;
    private boolean closed;

    /** Has orders made while their run goes on. */
    @FunctionalInterface
    interface Flush {

        /** Whether Redis has them. */
        boolean of(String orders);
    }

    /** @param parent the job whose run it is */
    Orders(JobId parent, Flush flush) {
        this.parent = parent;
        this.flush = flush;
    }

    /** As {@link dev.millrace.task.TaskContext#submit}. */
    synchronized JobId add(JobOrder order) {
        requireOpen();
        String key = order.key().orElseGet(() -> "#" + (texts.size() + 1));
        if (!texts.containsKey(key)) {
            requireRoom();
            add(key, text(key, order));
        }
        return parent.child(key);
    }

    private void add(String key, String text) {
        int more = text.getBytes(StandardCharsets.UTF_8).length + 1;
        if (more > MAX_BYTES - bytes) {
            throw new IllegalStateException(
                    "The orders of a run have at most %,d bytes of JSON, and this one with the %,d before it would have %,d. Order a job that orders the rest."
                            .formatted(MAX_BYTES, texts.size(), bytes + more));
        }
        bytes += more;
        texts.put(key, text);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The task has returned, so that its run orders nothing more.");
        }
    }

    private void requireRoom() {
        if (texts.size() == MOST) {
            throw new IllegalStateException(
                    "A run orders at most %,d jobs. Order a job that orders the rest.".formatted(MOST));
        }
    }

    private static String text(String key, JobOrder order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("job", order.job());
        String text = written(fields);
        Optional.ofNullable(Results.unstorable(text)).ifPresent(what -> {
            throw new IllegalArgumentException("The order contains " + what);
        });
        return text;
    }

    private static String written(Map<String, Object> fields) {
        try {
            return TaskJson.element(fields);
        } catch (JsonProcessingException | RuntimeException unwritable) {
            throw new OrderRefused(unwritable);
        }
    }

    /** As {@link dev.millrace.task.TaskContext#flush}: what was flushed before is not told again. Waits without the lock. */
    void flush() {
        List<String> open = unflushed();
        if (!open.isEmpty() && flush.of(list(open))) {
            flushedUpTo(open.getLast());
        }
    }

    private synchronized List<String> unflushed() {
        requireOpen();
        return texts.values().stream().skip(flushed).toList();
    }

    private synchronized void flushedUpTo(String last) {
        flushed = Math.max(flushed, List.copyOf(texts.values()).indexOf(last) + 1);
    }

    private static String list(Collection<String> orders) {
        return "[" + String.join(",", orders) + "]";
    }

    /** Takes no more orders. Returns those that there are as a JSON list; null for none. */
    synchronized @Nullable String close() {
        closed = true;
        return texts.isEmpty() ? null : list(texts.values());
    }
}
