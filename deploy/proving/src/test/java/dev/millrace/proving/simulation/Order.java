package dev.millrace.proving.simulation;

import dev.millrace.job.JobId;
import dev.millrace.job.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run ordered under a key. */
record Order(JobId parent, String key, Token by) {

    /** As the event has it: the same keys in every run of a task, and one of the run's own. Null if the task orders nothing. */
    static @Nullable String text(Task task, Token run) {
        if (task.orders() == 0) {
            return null;
        }
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= task.orders(); i++) {
            keys.add("#" + i);
        }
        keys.add("run-" + run);
        return String.join(",", keys);
    }

    /** The orders of a text. */
    static List<Order> of(JobId parent, Token by, @Nullable String text) {
        return text == null
                ? List.of()
                : List.of(text.split(",", -1)).stream()
                        .map(key -> new Order(parent, key, by))
                        .toList();
    }
}
