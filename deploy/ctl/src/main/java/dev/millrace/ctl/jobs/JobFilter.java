package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Typed;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which jobs are meant: those that pass all that is given. */
public final class JobFilter {

    @Option(names = "--state", paramLabel = "STATE", description = "In this state: ${COMPLETION-CANDIDATES}.")
    Optional<State> state = Optional.empty();

    @Option(names = "--task", paramLabel = "TASK", description = "Of this task.")
    Optional<String> task = Optional.empty();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue.")
    Optional<String> queue = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "With this tag.")
    Optional<String> tag = Optional.empty();

    @Option(names = "--schedule", paramLabel = "ID", description = "Made by this schedule.")
    Optional<String> schedule = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "WHEN",
            description = "Submitted after this time: 2026-01-31T12:00:00Z, or 2h for two hours ago.")
    Optional<Typed.Ago> after = Optional.empty();

    @Option(names = "--before", paramLabel = "WHEN", description = "Submitted before this time.")
    Optional<Typed.Ago> before = Optional.empty();

    @Option(names = "--search", paramLabel = "WORDS", description = "That this search finds, where the server has one.")
    Optional<String> search = Optional.empty();

    /** The filter as a bulk action takes it. */
    public ObjectNode object() {
        if (search.isPresent()) {
            throw new Unusable("--search finds jobs for lists alone.");
        }
        ObjectNode filter = Json.object();
        state.ifPresent(one -> filter.put("state", one.name()));
        task.ifPresent(name -> filter.put("task", name));
        queue.ifPresent(name -> filter.put("queue", name));
        tag.ifPresent(text -> filter.put("tag", text));
        schedule.ifPresent(id -> filter.put("scheduleId", id));
        after.ifPresent(when -> filter.put("createdAfter", when.at().toString()));
        before.ifPresent(when -> filter.put("createdBefore", when.at().toString()));
        return filter;
    }

    /** The call with the parameters of what is given. */
    Call on(Call call) {
        return call.query("state", state.orElse(null))
                .query("task", task.orElse(null))
                .query("queue", queue.orElse(null))
                .query("tag", tag.orElse(null))
                .query("scheduleId", schedule.orElse(null))
                .query("createdAfter", after.map(Typed.Ago::at).orElse(null))
                .query("createdBefore", before.map(Typed.Ago::at).orElse(null))
                .query("q", search.orElse(null));
    }
}
