package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Submit;
import java.util.function.BiConsumer;

/** Attempts and times are kept, and no cancelled job starts: I15, I16, I19. */
final class Times implements Rule {

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        boolean clocked = facts.faults().movedTheClock();
        for (Run run : track.runs()) {
            attempt(run, track, facts, limits, broken);
            if (!clocked) {
                notEarly(run, track, facts, limits, broken);
            }
            track.cancels().forEach(cancel -> notCancelled(run, cancel, track, facts, limits, broken));
        }
    }

    private static void attempt(Run run, Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        long life = track.lifeBefore(run.token);
        long failed = track.deeds().stream()
                .filter(deed -> deed.retry() && deed.token() > life && isBefore(deed, run))
                .count();
        boolean unseen = run.attempt > failed + 1;
        boolean lost = facts.faults().lostDataBetween(0, unseen ? run.at + limits.unread() : run.at);
        if (run.attempt != failed + 1 && !lost) {
            broken.accept("I15", "%s was attempt %d after %d failures".formatted(run, run.attempt, failed));
        }
        Submit submit = track.submit();
        Integer most = submit == null ? null : submit.attempts();
        if (most != null && run.attempt > most) {
            broken.accept("I15", "%s was attempt %d of %d".formatted(run, run.attempt, most));
        }
    }

    /** Set back, Redis may tell of an earlier token later. */
    private static boolean isBefore(Deed deed, Run run) {
        return deed.token() < run.token && deed.at() <= run.at;
    }

    private static void notEarly(Run run, Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        Submit submit = track.submit();
        Long first = submit == null ? null : submit.due();
        if (first != null && track.requeues().isEmpty() && run.at < first - limits.slack()) {
            broken.accept("I19", "%s was before its time, %d".formatted(run, first));
        }
        Deed last = null;
        for (Deed deed : track.deeds()) {
            last = isBefore(deed, run) && deed.due() != null ? deed : last;
        }
        Long due = last == null ? null : last.due();
        if (last == null || due == null || run.at >= due - limits.slack()) {
            return;
        }
        boolean requeued = track.requeuedBetween(last.at(), run.at);
        if (!requeued && !facts.faults().lostDataBetween(last.at() - limits.lease(), run.at)) {
            broken.accept("I19", "%s was before its time, %d".formatted(run, due));
        }
    }

    private static void notCancelled(
            Run run, Cancel cancel, Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        boolean flagged = "FLAGGED".equals(cancel.answer());
        boolean effective = flagged || "CANCELLED".equals(cancel.answer());
        long from = cancel.done() + limits.slack() + (flagged ? limits.unaware() : 0);
        boolean excused = track.requeuedBetween(cancel.at(), run.at)
                || (flagged && facts.faults().redisSuffered(cancel.at() - limits.reconcile(), run.at))
                || (flagged && facts.faults().explain(run.worker, cancel.at() - limits.lease(), run.at));
        if (effective && run.at > from && !excused) {
            broken.accept("I16", "%s after its cancel was answered %s".formatted(run, cancel.answer()));
        }
    }
}
