package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.EventStream;
import dev.millrace.ctl.server.ServerEvent;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.terminal.Spans;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description =
                "Follow all jobs as they change, a line an event, until Ctrl-C. What comes while the server is away is told afterwards.")
public final class Events implements Verb {

    @Option(names = "--state", paramLabel = "STATE", description = "Of jobs in this state: ${COMPLETION-CANDIDATES}.")
    Optional<State> state = Optional.empty();

    @Option(names = "--task", paramLabel = "TASK", description = "Of jobs of this task.")
    Optional<String> task = Optional.empty();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Of jobs of this queue.")
    Optional<String> queue = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "Of jobs with this tag.")
    Optional<String> tag = Optional.empty();

    @Option(names = "--for", paramLabel = "SPAN", description = "For so long.")
    Optional<Duration> atMost = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "So many events, and no more.")
    Optional<Long> count = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "SPAN",
            description = "How long the server may be away meanwhile (${DEFAULT-VALUE}).",
            defaultValue = "60s")
    Duration patience = Duration.ofMinutes(1);

    private long told;

    @Override
    public Exit run(Session session) {
        Call call = Call.get("/events")
                .query("state", state.orElse(null))
                .query("task", task.orElse(null))
                .query("queue", queue.orElse(null))
                .query("tag", tag.orElse(null));
        new EventStream(session.server(), session.time(), patience, session.out()::note)
                .follow(call, atMost, event -> shown(event, session));
        return Exit.DONE;
    }

    /** Whether more is wanted after this event. */
    private boolean shown(ServerEvent event, Session session) {
        Output out = session.out();
        if (out.json()) {
            out.body(event.data());
        } else {
            show(event, session);
        }
        told++;
        return (count.isEmpty() || told < count.get()) && !out.isClosed();
    }

    private static void show(ServerEvent event, Session session) {
        JsonNode data = event.told();
        String now = Spans.text(session.time().instant());
        switch (event.name()) {
            case "state", "done" -> session.out().line(now + "  " + line(data));
            case "progress" ->
                session.out()
                        .line(now + "  " + data.path("jobId").asText() + "  progress " + JobDetails.progress(data));
            case "reset" -> session.out().note("Some events were missed.");
            default -> {
                // A stream that lags is taken up again.
            }
        }
    }

    private static String line(JsonNode job) {
        String error = Cells.orEmpty(job.path("error").path("type"));
        String ran =
                job.path("finishedAt").isTextual() && job.path("durationMs").isNumber()
                        ? " in " + Cells.millis(job.path("durationMs"))
                        : "";
        return job.path("id").asText() + "  " + job.path("state").asText() + ran + "  "
                + job.path("task").asText() + " on " + job.path("queue").asText()
                + (error.isEmpty() ? "" : ": " + error);
    }
}
