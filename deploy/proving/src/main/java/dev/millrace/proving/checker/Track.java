package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Child;
import dev.millrace.proving.checker.history.Line.Order;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Place;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Submit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of one job. */
final class Track {

    private static final long NEVER = Long.MAX_VALUE;

    final String job;
    private final List<Run> runs = new ArrayList<>(1);
    private final List<Deed> deeds = new ArrayList<>(1);
    private @Nullable List<Cancel> cancels;
    private @Nullable List<Long> requeues;
    private @Nullable List<Long> scans;
    private @Nullable List<Order> orders;
    private @Nullable List<Child> children;
    private @Nullable Submit submit;
    private @Nullable Row row;
    private @Nullable String changedAfterItsEnd;
    private boolean submitted;
    private boolean fired;
    private boolean twoPlaces;
    private int killed;

    Track(String job) {
        this.job = job;
    }

    void submitted(Submit line) {
        submitted |= line.outcome() != Outcome.FAIL;
        if (line.outcome() == Outcome.OK && (submit == null || line.done() < submit.done())) {
            submit = line;
        }
    }

    /** A schedule made it; returns whether that was known. */
    boolean firedBefore() {
        boolean before = fired;
        fired = true;
        return before;
    }

    boolean fired() {
        return fired;
    }

    void started(Run run) {
        runs.add(run);
    }

    void stopped(long token, String worker) {
        runs.stream()
                .filter(run -> run.token == token && run.worker.equals(worker))
                .forEach(run -> run.stopped = true);
    }

    void did(Deed deed) {
        deeds.add(deed);
    }

    void ordered(Order order) {
        orders = orders == null ? new ArrayList<>() : orders;
        orders.add(order);
    }

    void made(Child child) {
        children = children == null ? new ArrayList<>() : children;
        children.add(child);
    }

    /** What its runs ordered, by the events that told of it. */
    List<Order> orders() {
        return orders == null ? List.of() : orders;
    }

    /** What was made of these. */
    List<Child> children() {
        return children == null ? List.of() : children;
    }

    void cancelled(Cancel cancel) {
        cancels = cancels == null ? new ArrayList<>(1) : cancels;
        cancels.add(cancel);
    }

    void requeued(long done) {
        requeues = requeues == null ? new ArrayList<>(1) : requeues;
        requeues.add(done);
    }

    void seen(Row next) {
        Row before = row;
        if (before != null && before.ended() && next.at() >= before.at() && differs(before, next)) {
            changedAfterItsEnd =
                    before.state() + " of run " + before.run() + " became " + next.state() + " of run " + next.run();
        }
        if (before == null || next.at() >= before.at()) {
            row = next;
        }
    }

    private boolean differs(Row before, Row next) {
        boolean same = before.state().equals(next.state()) && before.run() == next.run();
        return !same && !requeuedBetween(before.at(), next.at());
    }

    void lies(Place place) {
        scans = scans == null ? new ArrayList<>(1) : scans;
        twoPlaces |= scans.contains(place.scan());
        scans.add(place.scan());
    }

    void killedItsWorker() {
        killed++;
    }

    /** Once all is known. */
    void sort() {
        runs.sort(Comparator.comparingLong(run -> run.token));
    }

    /** By token. */
    List<Run> runs() {
        return runs;
    }

    /** As they lay in Redis. */
    List<Deed> deeds() {
        return deeds;
    }

    List<Cancel> cancels() {
        return cancels == null ? List.of() : cancels;
    }

    /** When requeues were answered, or were begun if they never were. */
    List<Long> requeues() {
        return requeues == null ? List.of() : requeues;
    }

    boolean isAt(long scan) {
        return scans != null && scans.contains(scan);
    }

    boolean hasTwoPlaces() {
        return twoPlaces;
    }

    /** The first answer that it is accepted; null if no client knows. */
    @Nullable
    Submit submit() {
        return submit;
    }

    /** Somebody wanted it. */
    boolean submitted() {
        return submitted;
    }

    @Nullable
    Row row() {
        return row;
    }

    @Nullable
    String changedAfterItsEnd() {
        return changedAfterItsEnd;
    }

    int killed() {
        return killed;
    }

    List<Deed> ends() {
        return deeds.stream().filter(Deed::ends).toList();
    }

    boolean requeuedBetween(long from, long to) {
        return requeues().stream().anyMatch(done -> done >= from && done <= to);
    }

    /** The end of the run before this token, if the job was requeued; runs before it belong to another life. */
    long lifeBefore(long token) {
        return requeues().isEmpty()
                ? -1
                : deeds.stream()
                        .filter(deed -> deed.ends() && deed.token() < token)
                        .mapToLong(Deed::token)
                        .max()
                        .orElse(-1);
    }

    long firstEndAt() {
        return deeds.stream().filter(Deed::ends).mapToLong(Deed::at).min().orElse(NEVER);
    }
}
