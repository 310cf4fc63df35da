package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.History;
import dev.millrace.proving.checker.history.Line;
import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Child;
import dev.millrace.proving.checker.history.Line.Event;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Fire;
import dev.millrace.proving.checker.history.Line.Lapse;
import dev.millrace.proving.checker.history.Line.Left;
import dev.millrace.proving.checker.history.Line.Order;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Place;
import dev.millrace.proving.checker.history.Line.Requeue;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Start;
import dev.millrace.proving.checker.history.Line.Stop;
import dev.millrace.proving.checker.history.Line.Submit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that the rules know, gathered in one pass. */
final class Facts {

    /** For how long a connection is gone before that is taken for a death. */
    private static final long GONE_MILLIS = 1_000;

    /** For how long who judges has had its own: two thirds of a lease. */
    private static final long STEADY_MILLIS = 10_000;

    private final Map<String, Track> tracks = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> jobOfKey = new HashMap<>();
    private final Set<String> submittedKeys = new HashSet<>();
    private final Set<String> ticks = new HashSet<>();
    private final Map<String, Integer> unstopped = new HashMap<>();
    private final TreeMap<Long, Long> scans = new TreeMap<>();
    private final List<Left> left = new ArrayList<>();
    private final List<Violation> broken = new ArrayList<>();
    private final Faults faults = new Faults();
    private final List<Stop> stops = new ArrayList<>();
    private boolean unnamedSubmit;

    static Facts of(History history) {
        Facts facts = new Facts();
        history.forEach(facts::add);
        facts.close();
        return facts;
    }

    private void add(Line line) {
        switch (line) {
            case Submit submit -> add(submit);
            case Cancel cancel -> track(cancel.job()).cancelled(cancel);
            case Requeue requeue -> add(requeue);
            case Start start -> add(start);
            case Stop stop -> stops.add(stop);
            case Event event -> add(event);
            case Order order -> track(order.job()).ordered(order);
            case Child child -> track(child.job()).made(child);
            case Fault fault -> add(fault);
            case Row row -> add(row);
            case Place place -> add(place);
            case Fire fire -> add(fire);
            case Lapse lapse -> add(lapse);
            case Left rest -> left.add(rest);
        }
    }

    private void add(Submit submit) {
        String job = submit.job();
        if (job != null) {
            track(job).submitted(submit);
        }
        String key = submit.key();
        if (key != null && submit.outcome() != Outcome.FAIL) {
            submittedKeys.add(submit.tenant() + " " + key);
            isFor(submit.tenant(), key, job == null ? "" : job);
        }
        unnamedSubmit |= job == null && key == null && submit.outcome() == Outcome.UNKNOWN;
    }

    /** A key stands for one job; an empty one is not known yet. */
    private void isFor(String tenant, String key, String job) {
        String before = jobOfKey.merge(tenant + " " + key, job, (old, now) -> old.isEmpty() ? now : old);
        if (!job.isEmpty() && !before.equals(job)) {
            broken.add(new Violation("I3", job, "the key '" + key + "' stands for " + before + " too"));
        }
    }

    private void add(Requeue requeue) {
        if (requeue.outcome() != Outcome.FAIL) {
            track(requeue.job()).requeued(requeue.outcome() == Outcome.OK ? requeue.done() : requeue.at());
        }
    }

    private void add(Start start) {
        long token = start.token().packed();
        track(start.job()).started(new Run(start.at(), token, start.attempt(), word(start.worker())));
    }

    private void add(Event event) {
        boolean quarantined = "Quarantined".equals(event.error());
        boolean retry = "RETRY".equals(event.why());
        track(event.job())
                .did(new Deed(
                        event.at(),
                        event.token().packed(),
                        word(event.type()),
                        event.attempt(),
                        event.due(),
                        retry,
                        quarantined));
    }

    private void add(Fault fault) {
        faults.add(fault);
        String job = fault.job();
        if (job != null && fault.type() == Fault.Type.DIED) {
            track(job).killedItsWorker();
        }
    }

    private void add(Row row) {
        track(row.job()).seen(row);
        String key = row.key();
        if (key != null) {
            isFor(row.tenant(), key, row.job());
        }
    }

    private void add(Place place) {
        scans.put(place.scan(), place.at());
        track(place.job()).lies(place);
    }

    /** A tick makes one job, and a job is made for one tick. */
    private void add(Fire fire) {
        String tick = fire.schedule() + " at " + fire.tick();
        String job = fire.job();
        if (!ticks.add(tick)) {
            broken.add(new Violation("I21", job, "the tick of " + tick + " fired twice"));
        }
        if (job != null && track(job).firedBefore()) {
            broken.add(new Violation("I21", job, "it was made for more than one tick, the last that of " + tick));
        }
    }

    /** Who lost its connection a second ago, in this life of Redis, may be dead; who says so must not have just lost its own. */
    private void add(Lapse lapse) {
        if (!lapse.ofThisLife() || lapse.gone() < GONE_MILLIS || lapse.steady() < STEADY_MILLIS) {
            broken.add(new Violation("I36", null, "a lease was let run out by a wrong guess: " + lapse));
        }
    }

    private void close() {
        stops.forEach(stop -> track(stop.job()).stopped(stop.token().packed(), stop.worker()));
        stops.clear();
        for (Track track : tracks.values()) {
            track.sort();
            for (Run run : track.runs()) {
                if (!run.stopped) {
                    unstopped.merge(run.worker, 1, Integer::sum);
                }
            }
        }
    }

    private Track track(String job) {
        return tracks.computeIfAbsent(job, Track::new);
    }

    /** The same few words again and again. */
    private String word(String word) {
        return words.computeIfAbsent(word, same -> same);
    }

    Collection<Track> tracks() {
        return tracks.values();
    }

    Faults faults() {
        return faults;
    }

    List<Left> left() {
        return left;
    }

    /** What was already seen to be broken while gathering. */
    List<Violation> broken() {
        return broken;
    }

    /** Numbers of looks, and when they were. */
    Map<Long, Long> scans() {
        return scans;
    }

    /** How many executions a worker left open; of a dead one, what it held when it died. */
    int unstopped(String worker) {
        return unstopped.getOrDefault(worker, 0);
    }

    /** Whether a client may have submitted it, or a schedule made it. */
    boolean wanted(Track track) {
        Row row = track.row();
        String key = row == null ? null : row.key();
        boolean byKey = row != null && key != null && submittedKeys.contains(row.tenant() + " " + key);
        return track.submitted() || track.fired() || unnamedSubmit || byKey;
    }
}
