package dev.millrace.proving.simulation;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Token;
import dev.millrace.proving.checker.history.History;
import dev.millrace.proving.checker.history.Line;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Stamp;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.testkit.fake.FakeRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is seen of a simulation, for the checker. Times are milliseconds of the simulation. */
final class Trace {

    private final World world;
    private final List<Line> lines = new ArrayList<>();
    private EntryId seen = EntryId.ZERO;
    private long scans;

    Trace(World world) {
        this.world = world;
    }

    History history() {
        return History.of(lines);
    }

    void submitted(Job job, int attempts, Outcome outcome, @Nullable Long due) {
        long now = world.now();
        lines.add(new Line.Submit(
                now, now, outcome, "default", "key-" + job.id(), job.id().toString(), attempts, due, null));
    }

    void cancelled(JobId job, Outcome outcome, @Nullable String answer) {
        lines.add(new Line.Cancel(world.now(), world.now(), outcome, job.toString(), answer));
    }

    void requeued(JobId job, Outcome outcome) {
        lines.add(new Line.Requeue(world.now(), world.now(), outcome, job.toString()));
    }

    void started(Delivery run, String worker) {
        lines.add(new Line.Start(
                world.now(), id(run), stamp(run.token()), run.job().attempt(), worker));
    }

    void stopped(Delivery run, String worker) {
        lines.add(new Line.Stop(world.now(), id(run), stamp(run.token()), worker));
    }

    void fault(Fault.Type type, @Nullable String target, @Nullable JobId job, long until) {
        lines.add(new Fault(world.now(), until, type, target, job == null ? null : job.toString()));
    }

    /** Reads the events that came since it read last; called before anything could take them away. */
    void capture() {
        for (StreamEntry entry : world.redis().probe().eventsAfter(seen)) {
            seen = entry.id();
            if (entry.fields().containsKey("job")) {
                lines.add(event(entry.id(), entry.fields()));
                ordered(entry.fields());
            }
        }
        world.redis().lapses().forEach(this::lapsed);
    }

    private void lapsed(FakeRedis.Lapse lapse) {
        lines.add(new Line.Lapse(
                world.now(), lapse.worker(), lapse.gone(), lapse.ofThisLife(), lapse.by(), lapse.steady()));
    }

    /** The stream may have gone back; what lies there now was read before, or is gone. */
    void startAgain() {
        seen = EntryId.ZERO;
        for (StreamEntry entry : world.redis().probe().eventsAfter(seen)) {
            seen = entry.id();
        }
    }

    private Line event(EntryId id, Map<String, String> fields) {
        String due = fields.get("due");
        return new Line.Event(
                id.toString(),
                world.now(),
                text(fields, "type"),
                text(fields, "job"),
                stamp(fields),
                Integer.parseInt(text(fields, "attempt")),
                fields.get("worker"),
                due == null ? null : Long.valueOf(Long.parseLong(due) - World.START.toEpochMilli()),
                fields.get("why"),
                fields.get("errorType"));
    }

    private void ordered(Map<String, String> fields) {
        String orders = fields.get("orders");
        if (orders != null) {
            for (String key : orders.split(",", -1)) {
                lines.add(new Line.Order(world.now(), text(fields, "job"), key, stamp(fields)));
            }
        }
    }

    /** A job was made of an order. */
    void made(Order order) {
        lines.add(new Line.Child(world.now(), order.parent().toString(), order.key(), stamp(order.by())));
    }

    private static Stamp stamp(Map<String, String> fields) {
        return Stamp.parse(text(fields, "epoch") + "." + text(fields, "run") + "." + text(fields, "delivery"));
    }

    private static String text(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    /** Looks where jobs lie. */
    void scan() {
        scans++;
        Map<JobId, String> places = world.redis().probe().places();
        places.forEach(this::lie);
        for (Ledger.Row row : world.record().rows()) {
            if (row.outbox && !row.ended() && !places.containsKey(row.job.id())) {
                lie(row.job.id(), "outbox");
            }
        }
    }

    private void lie(JobId job, String place) {
        lines.add(new Line.Place(scans, world.now(), job.toString(), place, null));
    }

    void row(Ledger.Row row, boolean last) {
        lines.add(new Line.Row(
                world.now(),
                row.job.id().toString(),
                "default",
                row.status.state().name(),
                row.attempt,
                row.run,
                "key-" + row.job.id(),
                last));
    }

    void left() {
        world.redis().probe().left().forEach((what, count) -> lines.add(new Line.Left(world.now(), what, count)));
    }

    private static String id(Delivery run) {
        return run.job().id().toString();
    }

    private static Stamp stamp(Token token) {
        return new Stamp(token.epoch(), token.run(), token.delivery());
    }
}
