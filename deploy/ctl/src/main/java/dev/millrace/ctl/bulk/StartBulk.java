package dev.millrace.ctl.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.jobs.JobFilter;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Reason;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description =
                "Do something to the jobs that are named, or to all that pass a filter and were submitted before.")
public final class StartBulk implements Verb {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** What is done to jobs. */
    enum Action {
        CANCEL,
        RETRY,
        DELETE
    }

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
    Action action = Action.CANCEL;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "JOB", description = "Their ids; or a filter instead.")
    List<String> ids = List.of();

    @Mixin
    JobFilter filter = new JobFilter();

    @Mixin
    Reason reason = new Reason();

    @Option(names = "--dry-run", description = "Do nothing, and tell how many jobs are meant.")
    boolean dryRun;

    @Option(names = "--wait", description = "Wait until it has ended.")
    boolean wait;

    @Override
    public Exit run(Session session) {
        Call call = Call.post("/bulk-actions").json(body());
        if (dryRun) {
            return session.show(
                    call, matched -> session.out().line(matched.path("matched").asText() + " matched"));
        }
        Answer answer = session.server().send(call);
        if (wait) {
            answer = ended(session, answer);
        }
        tell(session.out(), answer);
        return Exit.DONE;
    }

    private ObjectNode body() {
        ObjectNode chosen = filter.object();
        if (ids.isEmpty() == chosen.isEmpty()) {
            throw new Unusable("Either ids or a filter say which jobs are meant.");
        }
        ObjectNode body = reason.body();
        body.put("action", action.name().toLowerCase(Locale.ROOT));
        if (ids.isEmpty()) {
            body.set("filter", chosen);
        } else {
            ids.forEach(body.putArray("ids")::add);
        }
        if (dryRun) {
            body.put("dryRun", true);
        }
        return body;
    }

    private static Answer ended(Session session, Answer begun) {
        String id = begun.json().path("id").asText();
        Answer now = begun;
        while (!BulkText.isOver(now.json())) {
            session.time().rest(LOOK);
            now = session.server().send(Call.get("/bulk-actions/{}", id));
        }
        return now;
    }

    private static void tell(Output out, Answer answer) {
        JsonNode told = answer.json();
        if (out.json()) {
            out.body(answer.body());
        } else {
            out.line(BulkText.line(told));
        }
    }
}
