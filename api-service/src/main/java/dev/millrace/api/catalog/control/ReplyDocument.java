package dev.millrace.api.catalog.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.api.catalog.control.Control.Answer;
import dev.millrace.api.catalog.workers.WorkerDocument.QueueLoad;
import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.stream.entries.ControlCodec;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one process has replied, as clients see it. Every field is always there.
 *
 * @param outcome done, refused or silent
 * @param detail a sentence; null where nothing was replied
 * @param afterMs from when it was asked until its reply was there; null where nothing was replied
 * @param state running or draining; null of what is no worker, and where nothing was replied
 * @param queues what it has of each behind the command; null as the state is
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReplyDocument(
        String id,
        String command,
        String outcome,
        @Nullable String detail,
        @Nullable Long afterMs,
        @Nullable String state,
        @Nullable List<QueueLoad> queues) {

    private static final String SILENT = "silent";

    /** What several have replied, in the order of their ids, and how many did what. */
    @RegisterForReflection
    public record Replies(String command, int done, int refused, int silent, List<ReplyDocument> items) {

        static Replies of(ControlAction action, Set<String> asked, Map<String, Answer> answers) {
            List<ReplyDocument> items = new TreeSet<>(asked)
                    .stream()
                            .map(id -> Optional.ofNullable(answers.get(id))
                                    .map(answer -> ReplyDocument.of(action, answer))
                                    .orElseGet(() -> ReplyDocument.silent(id, action)))
                            .toList();
            return new Replies(
                    ControlCodec.kind(action),
                    count(items, Outcome.DONE.label()),
                    count(items, Outcome.REFUSED.label()),
                    count(items, SILENT),
                    items);
        }

        private static int count(List<ReplyDocument> items, String outcome) {
            return (int) items.stream()
                    .filter(item -> item.outcome().equals(outcome))
                    .count();
        }
    }

    static ReplyDocument of(ControlAction action, Answer answer) {
        Optional<Beat> beat = answer.reply().state();
        return new ReplyDocument(
                answer.reply().from(),
                ControlCodec.kind(action),
                answer.reply().outcome().label(),
                answer.reply().detail(),
                answer.after().toMillis(),
                beat.map(one -> one.state().label()).orElse(null),
                beat.map(one -> QueueLoad.of(one.queues())).orElse(null));
    }

    private static ReplyDocument silent(String id, ControlAction action) {
        return new ReplyDocument(id, ControlCodec.kind(action), SILENT, null, null, null, null);
    }
}
