package dev.millrace.ctl.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which dead letters are meant: those that pass all that is given. */
public final class LetterFilter {

    @Option(names = "--task", paramLabel = "TASK", description = "Of this task.")
    Optional<String> task = Optional.empty();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue.")
    Optional<String> queue = Optional.empty();

    @Option(names = "--error", paramLabel = "TYPE", description = "Whose error is of this type.")
    Optional<String> error = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "Of this group, as 'dlq groups' lists them.")
    Optional<String> group = Optional.empty();

    /** Whether nothing is given, so that all are meant. */
    boolean isEmpty() {
        return task.isEmpty() && queue.isEmpty() && error.isEmpty() && group.isEmpty();
    }

    Call on(Call call) {
        return call.query("task", task.orElse(null))
                .query("queue", queue.orElse(null))
                .query("errorType", error.orElse(null))
                .query("fingerprint", group.orElse(null));
    }

    void on(ObjectNode body) {
        task.ifPresent(name -> body.put("task", name));
        queue.ifPresent(name -> body.put("queue", name));
        error.ifPresent(type -> body.put("errorType", type));
        group.ifPresent(fingerprint -> body.put("fingerprint", fingerprint));
    }
}
