package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import java.time.Duration;

/** Awaits the end of a job, and shows what it came to. */
final class End {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);
    private static final int ENDED = 200;

    private final Session session;

    End(Session session) {
        this.session = session;
    }

    /** Shows the result or the error of a job that ends within the time; says how it stands if it does not. */
    Exit await(String id, Duration atMost) {
        long began = session.time().reading();
        Answer answer = ask(id, atMost);
        while (answer.status() != ENDED && !session.time().passed(atMost, began)) {
            answer = ask(id, atMost.minus(session.time().since(began)));
        }
        return show(answer);
    }

    /** The exit status that goes with a state. */
    static Exit exit(String state) {
        if (state.equals(State.SUCCEEDED.name())) {
            return Exit.DONE;
        }
        return State.isEnd(state) ? Exit.ENDED_BADLY : Exit.NOT_ENDED;
    }

    private Answer ask(String id, Duration atMost) {
        Duration wait = atMost.compareTo(LONGEST_CALL) < 0 ? atMost : LONGEST_CALL;
        long seconds = Math.max(0, wait.plusMillis(999).toSeconds());
        return session.server()
                .send(Call.get("/jobs/{}/result", id)
                        .query("wait", seconds == 0 ? null : seconds)
                        .patience(Duration.ofSeconds(seconds)));
    }

    private Exit show(Answer answer) {
        JsonNode end = answer.json();
        String state = end.path("state").asText();
        if (session.out().json()) {
            session.out().body(answer.body());
            return exit(state);
        }
        if (exit(state) == Exit.ENDED_BADLY) {
            session.out().note("The job ended " + state + ".");
            session.out().text(JobDetails.failure(end.path("error")));
        } else if (answer.status() == ENDED) {
            session.out().text(Json.pretty(end.path("result")));
        } else {
            session.out().note("The job is " + state + ".");
        }
        return exit(state);
    }
}
