package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.History;
import dev.millrace.proving.checker.history.Line;
import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Child;
import dev.millrace.proving.checker.history.Line.Event;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Fire;
import dev.millrace.proving.checker.history.Line.Left;
import dev.millrace.proving.checker.history.Line.Order;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Place;
import dev.millrace.proving.checker.history.Line.Requeue;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Start;
import dev.millrace.proving.checker.history.Line.Stop;
import dev.millrace.proving.checker.history.Line.Submit;
import dev.millrace.proving.checker.history.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history written step by step, of one job unless another is named. */
final class Seen {

    static final String JOB = "0192f3c1-0000-7000-8000-000000000001";

    private final List<Line> lines = new ArrayList<>();

    /** A job that was accepted at 0. */
    static Seen accepted() {
        return new Seen().submit(Outcome.OK, "k", JOB);
    }

    /** One that ran once, from 100 to 200, and succeeded. */
    static Seen healthy() {
        return accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(200, "1.1.1", "ann")
                .event(200, "SUCCEEDED", "1.1.1")
                .row("SUCCEEDED");
    }

    Seen submit(Outcome outcome, @Nullable String key, @Nullable String job) {
        return add(new Submit(0, 10, outcome, "default", key, job, 3, null, null));
    }

    Seen due(long due) {
        return add(new Submit(0, 10, Outcome.OK, "default", null, JOB, 3, due, null));
    }

    Seen start(long at, String token, int attempt, String worker) {
        return add(new Start(at, JOB, Stamp.parse(token), attempt, worker));
    }

    Seen stop(long at, String token, String worker) {
        return add(new Stop(at, JOB, Stamp.parse(token), worker));
    }

    Seen event(long at, String type, String token) {
        return add(new Event(at + "-0", at, type, JOB, Stamp.parse(token), 1, null, null, null, null));
    }

    Seen retry(long at, String token, long due) {
        return add(new Event(at + "-0", at, "DEFERRED", JOB, Stamp.parse(token), 2, null, due, "RETRY", null));
    }

    Seen quarantined(long at, String token) {
        return add(new Event(at + "-0", at, "FAILED", JOB, Stamp.parse(token), 1, null, null, null, "Quarantined"));
    }

    Seen fault(long at, Fault.Type type, @Nullable String worker) {
        return add(new Fault(at, at, type, worker, type == Fault.Type.DIED ? JOB : null));
    }

    Seen cancel(long at, @Nullable String answer) {
        return add(new Cancel(at, at + 10, Outcome.OK, JOB, answer));
    }

    Seen requeue(long at) {
        return add(new Requeue(at, at + 10, Outcome.OK, JOB));
    }

    Seen order(String key, String token) {
        return add(new Order(200, JOB, key, Stamp.parse(token)));
    }

    Seen child(String key, String token) {
        return add(new Child(300, JOB, key, Stamp.parse(token)));
    }

    Seen row(String state) {
        return add(new Row(1_000_000, JOB, "default", state, 1, 1, "k", true));
    }

    Seen rowAt(long at, String state, long run) {
        return add(new Row(at, JOB, "default", state, 1, run, "k", false));
    }

    Seen place(long scan, long at, String key) {
        return add(new Place(scan, at, JOB, key, null));
    }

    Seen fire(String schedule, long tick, @Nullable String job) {
        return add(new Fire(1_000_000, schedule, tick, job));
    }

    Seen left(String what, long count) {
        return add(new Left(1_000_000, what, count));
    }

    Seen add(Line line) {
        lines.add(line);
        return this;
    }

    List<Line> lines() {
        return lines;
    }

    Verdict report() {
        return new Checker(Limits.PROMISED).check(History.of(lines));
    }

    /** The rules that it breaks. */
    Set<String> broken() {
        return report().violations().stream().map(Violation::rule).collect(Collectors.toSet());
    }
}
