package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobState;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Settling.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a run tells of itself and ends. */
final class Settling {

    private static final StreamNames NAMES = FakeRedis.NAMES;

    private final Call call;

    Settling(Call call) {
        this.call = call;
    }

    /** False if the caller does not hold it. */
    boolean report(ProgressReport report) {
        Delivery held = report.delivery();
        if (!call.holds(key(held), held.entry(), held.token().delivery())) {
            return false;
        }
        Duration ago = report.startedAgo();
        if (ago != null) {
            tell(held, "STARTED", call.now - ago.toMillis(), List.of("worker", call.consumer));
        }
        Progress progress = report.progress();
        if (progress != null) {
            tell(held, "PROGRESS", call.now, fields(progress));
        }
        return true;
    }

    /** False if the caller does not hold it. */
    boolean order(Ordering ordering) {
        Delivery held = ordering.delivery();
        boolean holds = call.holds(key(held), held.entry(), held.token().delivery());
        if (holds) {
            tell(held, "ORDERED", call.now, List.of("orders", ordering.orders()));
        }
        return holds;
    }

    private static List<String> fields(Progress progress) {
        String message = Objects.requireNonNullElse(progress.message(), "");
        String current = Long.toString(progress.current());
        return List.of("current", current, "total", Long.toString(progress.total()), "message", message);
    }

    private void tell(Delivery held, String type, long at, List<String> more) {
        Token token = held.token();
        Job job = held.job();
        String attempt = Integer.toString(job.attempt());
        call.eventAt(
                at,
                job.id().toString(),
                type,
                Integer.toString(token.epoch()),
                Long.toString(token.run()),
                token.delivery(),
                attempt,
                more);
    }

    /** Entries are taken off their lane after the last of a call, as the function does. */
    List<Settled> finish(List<Finish> finishes) {
        List<Delivery> done = new ArrayList<>();
        List<Settled> replies =
                finishes.stream().map(finish -> finish(finish, done)).toList();
        done.forEach(one -> call.remove(key(one), one.entry()));
        return replies;
    }

    private Settled finish(Finish finish, List<Delivery> done) {
        Delivery held = finish.delivery();
        Token token = held.token();
        String marker = call.marker(held.job().id().toString());
        String own = token.epoch() + "." + token.run() + "|";
        if ((own + "E|" + token.delivery() + "|").equals(marker)) {
            return Settled.OK;
        }
        if (call.has(Flaw.UNFENCED_FINISH)) {
            done.add(held);
            end(finish, finish.state());
            return Settled.OK;
        }
        if (!call.holds(key(held), held.entry(), token.delivery())) {
            return Settled.FENCED;
        }
        String expected = own + Call.placeOf(key(held)) + "|" + held.entry() + "|";
        if (marker == null || !marker.startsWith(expected)) {
            if (isStillIts(held)) {
                done.add(held);
            }
            return Settled.FENCED;
        }
        done.add(held);
        boolean cancelled = marker.substring(expected.length()).contains("C") && finish.state() != JobState.SUCCEEDED;
        end(finish, cancelled ? JobState.CANCELLED : finish.state());
        return Settled.OK;
    }

    /** Whether what lies there, if anything does, is of this run. */
    private boolean isStillIts(Delivery held) {
        List<String> flat = call.body(key(held), held.entry());
        Map<String, String> f = flat == null ? Map.of() : Call.parse(flat);
        Token token = held.token();
        return flat == null
                || (Call.job(f).equals(held.job().id().toString())
                        && Call.number(f, "epoch") == token.epoch()
                        && Call.number(f, "run") == token.run());
    }

    private void end(Finish finish, JobState state) {
        Delivery held = finish.delivery();
        Token token = held.token();
        List<String> more = new ArrayList<>(started(finish.ran()));
        more.addAll(outcome(finish.result(), finish.error()));
        if (finish.orders() != null) {
            more.addAll(List.of("orders", finish.orders()));
        }
        String attempt = Integer.toString(held.job().attempt());
        String epoch = Integer.toString(token.epoch());
        String job = held.job().id().toString();
        call.end(job, state.name(), epoch, Long.toString(token.run()), token.delivery(), attempt, more);
    }

    Settled handback(Delivery held, Lane target) {
        String lane = key(held);
        long delivery = held.token().delivery();
        List<String> flat = body(held);
        if (flat == null) {
            return Settled.FENCED;
        }
        Map<String, String> f = call.admit(lane, held.entry(), flat, delivery);
        if (f != null) {
            long deaths = Call.number(f, "deaths") + delivery - 1;
            call.move(lane, held.entry(), flat, f, deaths, NAMES.lane(target));
        }
        return Settled.OK;
    }

    Settled defer(Deferral deferral) {
        Delivery held = deferral.delivery();
        List<String> flat = body(held);
        return flat != null && defer(deferral, flat, Call.parse(flat)) ? Settled.OK : Settled.FENCED;
    }

    /** What the caller holds; null, and taken off its list, if it is gone. */
    private @Nullable List<String> body(Delivery held) {
        if (!call.holds(key(held), held.entry(), held.token().delivery())) {
            return null;
        }
        List<String> flat = call.body(key(held), held.entry());
        if (flat == null) {
            call.remove(key(held), held.entry());
        }
        return flat;
    }

    private boolean defer(Deferral deferral, List<String> flat, Map<String, String> f) {
        Delivery held = deferral.delivery();
        EntryId entry = held.entry();
        String flags = call.flags(f, Call.placeOf(key(held)), entry.toString());
        if (flags != null && flags.contains("C")) {
            List<String> more = new ArrayList<>(started(deferral.ran()));
            more.addAll(outcome(null, deferral.error()));
            call.end(f, "CANCELLED", held.token().delivery(), more);
        } else if (flags != null) {
            call.dieBetween(key(held), entry);
            putOff(deferral, flat, f);
        }
        call.remove(key(held), entry);
        return flags != null;
    }

    private void putOff(Deferral deferral, List<String> flat, Map<String, String> f) {
        long delivery = deferral.delivery().token().delivery();
        String run = Long.toString(Call.number(f, "run") + (call.has(Flaw.DEFER_KEEPS_RUN) ? 0 : 1));
        String deaths = Long.toString(Call.number(f, "deaths") + delivery - 1);
        String attempt = Integer.toString(deferral.nextAttempt());
        String due = Long.toString(due(deferral.due()));
        Map<String, String> changed =
                Map.of("epoch", call.epoch, "run", run, "deaths", deaths, "attempt", attempt, "due", due);
        call.add(NAMES.delays(), flat, Call.job(f), run, changed);
        List<String> more = new ArrayList<>(List.of("why", deferral.why().name(), "due", due));
        more.addAll(started(deferral.ran()));
        more.addAll(outcome(null, deferral.error()));
        String epoch = Call.field(f, "epoch");
        call.event(Call.job(f), "DEFERRED", epoch, Call.field(f, "run"), delivery, attempt, more);
    }

    private long due(Due due) {
        return switch (due) {
            case Due.After after -> call.now + EntryCodec.ceiling(Instant.EPOCH.plus(after.delay()));
            case Due.At at -> EntryCodec.ceiling(at.time());
        };
    }

    private List<String> started(@Nullable Duration ran) {
        if (ran == null) {
            return List.of();
        }
        String began = Long.toString(call.now - ran.toMillis());
        return List.of("started", began, "worker", call.consumer, "ran", Long.toString(ran.toMillis()));
    }

    private static List<String> outcome(@Nullable String result, @Nullable JobError error) {
        List<String> fields = new ArrayList<>();
        add(fields, "result", result);
        add(fields, "errorType", error == null ? null : error.type());
        add(fields, "errorMessage", error == null ? null : error.message());
        add(fields, "errorStack", error == null ? null : error.stackTrace());
        return fields;
    }

    private static void add(List<String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(name);
            fields.add(value);
        }
    }

    private static String key(Delivery delivery) {
        return NAMES.lane(delivery.lane());
    }
}
