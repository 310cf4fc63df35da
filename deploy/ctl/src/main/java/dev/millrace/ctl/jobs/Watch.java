package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.EventStream;
import dev.millrace.ctl.server.ServerEvent;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Follow a job to its end, over broken connections too. Ends with 4 if it does not succeed.")
public final class Watch implements Verb {

    @Parameters(paramLabel = "JOB", description = "Its id.")
    String id = "";

    @Option(names = "--for", paramLabel = "SPAN", description = "For so long at most; ends with 5 if it goes on then.")
    Optional<Duration> atMost = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "SPAN",
            description = "How long the server may be away meanwhile (${DEFAULT-VALUE}).",
            defaultValue = "60s")
    Duration patience = Duration.ofMinutes(1);

    private String state = "";

    static Watch of(String id) {
        Watch watch = new Watch();
        watch.id = id;
        return watch;
    }

    @Override
    public Exit run(Session session) {
        EventStream events = new EventStream(session.server(), session.time(), patience, session.out()::note);
        EventStream.End end =
                events.follow(Call.get("/jobs/{}/events", id), atMost, event -> shown(event, session.out()));
        return switch (end) {
            case SERVER -> new End(session).await(id, Duration.ZERO);
            case READER, TIME -> End.exit(state);
        };
    }

    /** Whether more is wanted after this event. */
    private boolean shown(ServerEvent event, Output out) {
        if (out.json()) {
            out.body(event.data());
        } else {
            show(event, out);
        }
        state = event.told().path("state").asText(state);
        return !event.name().equals("done") && !out.isClosed();
    }

    private static void show(ServerEvent event, Output out) {
        JsonNode told = event.told();
        switch (event.name()) {
            case "progress" -> out.status(JobDetails.progress(told));
            case "snapshot", "state" -> out.line(told(told));
            case "done" -> {
                out.line(told(told));
                String failure = JobDetails.failure(told.path("error"));
                if (!failure.isEmpty()) {
                    out.text(failure);
                }
            }
            case "reset" -> out.note("Some events were missed; this is how it stands now.");
            default -> {
                // A stream that lags is taken up again; what a later release tells is not for us.
            }
        }
    }

    private static String told(JsonNode job) {
        String worker = Cells.orEmpty(job.path("worker"));
        String ran =
                job.path("finishedAt").isTextual() && job.path("durationMs").isNumber()
                        ? " after " + Cells.millis(job.path("durationMs"))
                        : "";
        String progress = JobDetails.progress(job.path("progress"));
        return job.path("state").asText() + ", attempt " + job.path("attempt").asText() + " of "
                + job.path("maxAttempts").asText() + (worker.isEmpty() ? "" : ", on " + worker) + ran
                + (progress.isEmpty() ? "" : ": " + progress);
    }
}
