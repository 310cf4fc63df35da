package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "counts", description = "Count jobs by state.")
public final class CountJobs implements Verb {

    private static final Pattern NEXT = Pattern.compile("[?&]cursor=([A-Za-z0-9_-]+)");

    @Mixin
    JobFilter filter = new JobFilter();

    @Override
    public Exit run(Session session) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Call call = filter.on(Call.get("/jobs/counts"));
        Optional<Call> next = Optional.of(call);
        while (next.isPresent()) {
            Answer answer = session.server().send(next.get());
            if (session.out().json()) {
                session.out().body(answer.body());
            }
            add(answer.json(), counts);
            next = following(answer).map(cursor -> call.query("cursor", cursor));
        }
        if (!session.out().json()) {
            Table table = new Table(Column.whole("STATE"), Column.number("JOBS"));
            counts.forEach((state, count) -> table.row(state, count.toString()));
            session.show(table);
        }
        return Exit.DONE;
    }

    private static void add(JsonNode some, Map<String, Long> counts) {
        some.fieldNames()
                .forEachRemaining(state -> counts.merge(state, some.path(state).asLong(), Long::sum));
    }

    /** Where the jobs are counted that an answer did not look at. */
    private static Optional<String> following(Answer answer) {
        return answer.header("Link").map(NEXT::matcher).filter(Matcher::find).map(found -> found.group(1));
    }
}
