package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.NotReached;
import dev.millrace.ctl.server.Problem;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit-many",
        description = "Submit jobs from a file that has one a line, as JSON, in the form of POST /api/v1/jobs. "
                + "Prints the ids of those that are accepted; ends with 1 if one is not.")
public final class SubmitMany implements Verb {

    private static final int JOBS_A_CALL = 1_000;
    private static final int BYTES_A_CALL = 7 << 20;

    @Parameters(paramLabel = "FILE", description = "- is standard input.")
    String file = "";

    @Override
    public Exit run(Session session) {
        List<String> jobs = Inputs.readFile(file, session)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (jobs.isEmpty()) {
            throw new Unusable("There is no job in it.");
        }
        int done = 0;
        int accepted = 0;
        while (done < jobs.size()) {
            List<String> some = next(jobs, done);
            accepted += submit(some, done, session);
            done += some.size();
        }
        session.out().note("%d accepted, %d refused.".formatted(accepted, jobs.size() - accepted));
        return accepted == jobs.size() ? Exit.DONE : Exit.REFUSED;
    }

    /** As many as one call takes. */
    private static List<String> next(List<String> jobs, int from) {
        List<String> some = new ArrayList<>();
        int bytes = 0;
        for (String job : jobs.subList(from, Math.min(jobs.size(), from + JOBS_A_CALL))) {
            bytes += job.getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > BYTES_A_CALL && !some.isEmpty()) {
                break;
            }
            some.add(job);
        }
        return some;
    }

    private static int submit(List<String> jobs, int before, Session session) {
        Call call = Call.post("/jobs/bulk")
                .body("application/x-ndjson", String.join("\n", jobs) + "\n")
                .header("Idempotency-Key", session.ids().get().toString());
        Answer answer;
        try {
            answer = session.server().send(call);
        } catch (NotReached unknown) {
            session.out().note("The first " + before + " were submitted; whether any more were is not known.");
            throw unknown;
        }
        if (session.out().json()) {
            session.out().body(answer.body());
        } else {
            answer.json().path("items").forEach(item -> show(item, before, session.out()));
        }
        return answer.json().path("accepted").asInt();
    }

    private static void show(JsonNode item, int before, Output out) {
        if (item.has("id")) {
            out.line(item.path("id").asText());
        } else {
            out.note("Job " + (before + item.path("index").asInt() + 1) + ":");
            Problem.of(item.path("problem")).lines().forEach(line -> out.note("  " + line));
        }
    }
}
