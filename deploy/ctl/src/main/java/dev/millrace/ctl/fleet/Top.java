package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.queues.QueueTable;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.NotReached;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.terminal.Spans;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import dev.millrace.ctl.workers.WorkerTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        description =
                "Show queues and workers on one screen, again and again until Ctrl-C. Where nobody sees it, once.")
public final class Top implements Verb {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Option(names = "--every", paramLabel = "SPAN", description = "How often (${DEFAULT-VALUE}).", defaultValue = "2s")
    Duration every = Duration.ofSeconds(2);

    @Option(names = "--count", paramLabel = "N", description = "So many times.")
    Optional<Long> count = Optional.empty();

    /** What is shown at one time. */
    private record Frame(JsonNode counts, Optional<List<JsonNode>> queues, List<JsonNode> workers) {

        static Frame of(Session session) {
            Installation installation = new Installation(session.server());
            return new Frame(installation.counts(), installation.queues(), installation.workers());
        }

        ObjectNode document() {
            ObjectNode document = Json.object();
            document.set("jobs", counts);
            queues.ifPresent(all -> Installation.set(document, "queues", all));
            Installation.set(document, "workers", workers);
            return document;
        }

        List<String> lines(Session session) {
            int width = session.out().terminal().columns();
            List<String> lines = new ArrayList<>();
            lines.add(session.server().url() + "  " + Spans.text(session.time().instant()) + " UTC");
            lines.add("jobs: " + Status.some(counts));
            lines.add("");
            Table queueTable = QueueTable.empty();
            queues.ifPresent(all -> all.forEach(queue -> queueTable.row(QueueTable.row(queue))));
            lines.addAll(
                    queues.isPresent() ? queueTable.lines(width) : List.of("This server does not list its queues."));
            lines.add("");
            Cells cells = session.cells();
            Table workerTable = WorkerTable.empty();
            workers.forEach(worker -> workerTable.row(WorkerTable.row(worker, cells)));
            lines.addAll(workers.isEmpty() ? List.of("No worker is there.") : workerTable.lines(width));
            return lines;
        }
    }

    @Override
    public Exit run(Session session) {
        if (every.compareTo(SHORTEST) < 0) {
            throw new Unusable("--every is 100ms or longer.");
        }
        Output out = session.out();
        long most = count.orElse(out.terminal().interactive() && !out.json() ? Long.MAX_VALUE : 1L);
        Frame frame = Frame.of(session);
        if (!out.json()) {
            session.atExit().accept(out::leaveScreen);
            out.enterScreen();
        }
        try {
            for (long shown = 1; show(frame, session) && shown < most; shown++) {
                session.time().rest(every);
                frame = next(frame, session);
            }
        } finally {
            out.leaveScreen();
        }
        return Exit.DONE;
    }

    /** Whether somebody still sees it. */
    private static boolean show(Frame frame, Session session) {
        if (session.out().json()) {
            session.out().body(Json.text(frame.document()));
        } else {
            session.out().screen(frame.lines(session));
        }
        return !session.out().isClosed();
    }

    /** The last one again, while the server is away. */
    private static Frame next(Frame last, Session session) {
        try {
            return Frame.of(session);
        } catch (NotReached away) {
            session.out().note(away.sentence());
            return last;
        }
    }
}
