package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** One end, that all agree on and nothing changes: I9, I10, I17, I25. */
final class Ending implements Rule {

    /** How a job may end without an event: it was nowhere in Redis. */
    private static final Set<String> SILENT = Set.of("CANCELLED", "EXPIRED");

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        List<Deed> ends = track.ends();
        once(track, ends, facts, limits, broken);
        track.runs().forEach(run -> noneAfter(run, track, ends, facts, limits, broken));
        String changed = track.changedAfterItsEnd();
        if (changed != null) {
            broken.accept("I10", changed);
        }
        Row row = track.row();
        if (row != null && row.ended()) {
            agrees(row, track, ends, facts, broken);
        }
        if (row != null && row.ended() && row.last() && !track.requeues().isEmpty()) {
            lastLife(row, track, facts, broken);
        }
        track.cancels().forEach(cancel -> won(cancel, track, ends, facts, limits, broken));
    }

    private static void once(
            Track track, List<Deed> ends, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        for (int i = 1; i < ends.size(); i++) {
            Deed first = ends.get(i - 1);
            Deed second = ends.get(i);
            if (!again(track, first, second.at(), facts, limits)) {
                broken.accept("I9", "it ended twice: " + first + ", then " + second);
            }
        }
    }

    /** Whether an end may be followed by more: a requeue, or data that were lost before the end was recorded. */
    private static boolean again(Track track, Deed end, long until, Facts facts, Limits limits) {
        long from = end.at() - limits.lease();
        return track.requeuedBetween(end.at() - limits.slack(), until + limits.reconcile())
                || facts.faults().lostDataBetween(from, until);
    }

    private static void noneAfter(
            Run run, Track track, List<Deed> ends, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        for (Deed end : ends) {
            boolean after = run.at > end.at() + limits.slack() && run.token > end.token();
            if (after && !again(track, end, run.at, facts, limits)) {
                broken.accept(end.type().equals("CANCELLED") ? "I16" : "I9", run + " began after " + end);
            }
        }
    }

    private static void agrees(Row row, Track track, List<Deed> ends, Facts facts, BiConsumer<String, String> broken) {
        boolean lost = facts.faults().lostDataBetween(0, Long.MAX_VALUE);
        boolean one = ends.stream().anyMatch(end -> end.type().equals(row.state()));
        boolean silent = ends.isEmpty() && (SILENT.contains(row.state()) || lost);
        boolean nowhere =
                SILENT.contains(row.state()) && (lost || !track.requeues().isEmpty());
        if (!one && !silent && !nowhere) {
            broken.accept("I25", "its row says " + row.state() + ", its events " + ends);
        }
        if (row.state().equals("CANCELLED") && track.cancels().isEmpty()) {
            broken.accept("I17", "it was cancelled, which nobody asked for");
        }
        if (track.requeues().isEmpty()
                && !ends.isEmpty()
                && !ends.getFirst().type().equals(row.state())
                && !lost) {
            broken.accept("I9", "its row says " + row.state() + ", but it first ended as " + ends.getFirst());
        }
    }

    /** A cancel that was answered so has won; one that reached the worker lets only success win. */
    private static void won(
            Cancel cancel,
            Track track,
            List<Deed> ends,
            Facts facts,
            Limits limits,
            BiConsumer<String, String> broken) {
        Row row = track.row();
        if (row == null || !row.last() || !track.requeues().isEmpty()) {
            return;
        }
        if ("CANCELLED".equals(cancel.answer()) && !row.state().equals("CANCELLED")) {
            broken.accept("I17", "it was told to be cancelled, and is " + row.state());
        }
        boolean flagged = "FLAGGED".equals(cancel.answer())
                && !facts.faults().redisSuffered(cancel.at() - limits.reconcile(), Long.MAX_VALUE);
        if (flagged) {
            lost(cancel, track, ends, broken);
        }
    }

    /** A requeued job is where its last life ended; an earlier end does not come back. */
    private static void lastLife(Row row, Track track, Facts facts, BiConsumer<String, String> broken) {
        Deed last =
                track.ends().stream().max(Comparator.comparingLong(Deed::token)).orElse(null);
        boolean silent = SILENT.contains(row.state());
        boolean lost = facts.faults().lostDataBetween(0, Long.MAX_VALUE);
        if (last != null && !silent && !lost && !last.type().equals(row.state())) {
            broken.accept("I25", "its row says " + row.state() + ", but its last life ended " + last);
        }
    }

    private static void lost(Cancel cancel, Track track, List<Deed> ends, BiConsumer<String, String> broken) {
        track.deeds().stream()
                .filter(deed -> deed.defers() && deed.at() > cancel.done())
                .findFirst()
                .ifPresent(deed -> broken.accept("I17", "its cancel was flagged, then " + deed));
        ends.stream()
                .filter(end -> end.at() > cancel.done() && end.type().equals("FAILED") && !end.quarantined())
                .findFirst()
                .ifPresent(end -> broken.accept("I17", "its cancel was flagged, and it ended " + end));
    }
}
