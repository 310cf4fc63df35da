package dev.millrace.api.workflows.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.live.sse.Channel;
import dev.millrace.api.live.sse.EventStream;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.StreamComplete;
import dev.millrace.api.workflows.engine.WorkflowWatch;
import dev.millrace.api.workflows.engine.WorkflowWatch.Watcher;
import dev.millrace.api.workflows.query.WorkflowChangesView;
import dev.millrace.api.workflows.query.WorkflowChangesView.Change;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/** The events of one workflow for one client: a snapshot or what it missed, then what changes, then {@code done}. */
final class WorkflowEventStream implements EventStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final WorkflowChangesView changes;
    private final WorkflowWatch watch;
    private final InstantSource clock;
    private final Caller caller;
    private final UUID workflow;
    private Told told;

    WorkflowEventStream(
            WorkflowChangesView changes,
            WorkflowWatch watch,
            InstantSource clock,
            Caller caller,
            UUID workflow,
            Told told) {
        this.changes = changes;
        this.watch = watch;
        this.clock = clock;
        this.caller = caller;
        this.workflow = workflow;
        this.told = told;
    }

    /** Refuses unknown workflows, and throws {@link StreamComplete} for a client that was told of the end. */
    void requireUnfinished() {
        Change now = now();
        if (now.ended() && told.equals(new Told(now.run(), now.version(), -1))) {
            throw new StreamComplete();
        }
    }

    private Change now() {
        return changes.of(caller, workflow).orElseThrow(() -> WorkflowRefusals.unknown(workflow));
    }

    @Override
    public void run(Channel out) throws InterruptedException {
        try (Watcher watcher = watch.watch(workflow)) {
            out.whenGone(watcher::wake);
            out.send(Frame.HEARTBEAT);
            Change now = now();
            if (told.run() != now.run()) {
                told = new Told(now.run(), now.version(), -1);
                send(out, "snapshot", "snapshot", now.whole());
            }
            while (tell(out, now) && !watcher.closed()) {
                if (!watcher.await(HEARTBEAT)) {
                    out.send(Frame.HEARTBEAT);
                }
                now = now();
            }
        }
    }

    /** What has changed since; returns whether there is more to come. */
    private boolean tell(Channel out, Change now) throws InterruptedException {
        if (told.run() != now.run()) {
            told = new Told(now.run(), now.version(), -1);
            send(out, "snapshot", "snapshot", now.whole());
        }
        boolean news = told.version() < now.version() || told.node() >= 0;
        for (Change.OfNode node : now.nodesBehind(told::isBefore)) {
            told = new Told(now.run(), node.version(), node.number());
            send(out, "node", "node", node.document());
        }
        if (news) {
            told = new Told(now.run(), now.version(), -1);
            send(
                    out,
                    "state",
                    now.ended() ? now.state().toLowerCase(Locale.ROOT).replace('_', '-') : "state",
                    now.head());
        }
        if (now.ended()) {
            send(out, "done", now.state().toLowerCase(Locale.ROOT).replace('_', '-'), now.head());
        }
        return !now.ended();
    }

    private void send(Channel out, String name, String type, JsonNode data) throws InterruptedException {
        String event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", told.text())
                .put("source", "/api/v1/workflows/" + workflow)
                .put("type", "dev.millrace.workflow." + type + ".v1")
                .put("subject", "workflows/" + workflow)
                .put("time", clock.instant().toString())
                .put("datacontenttype", "application/json")
                .set("data", data)
                .toString();
        out.send(new Frame(told.text(), name, event));
    }
}
