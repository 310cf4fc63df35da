package dev.millrace.proving.checker;

import java.util.List;
import java.util.function.BiConsumer;

/** A job runs again only for a reason, and no innocent is quarantined: I13, I14. */
final class Repeats implements Rule {

    private static final int MOST_KILLED = 3;

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        List<Run> runs = track.runs();
        for (int i = 1; i < runs.size(); i++) {
            Run before = runs.get(i - 1);
            Run after = runs.get(i);
            if (!isMeant(track, before, after)
                    && !deferralWasLost(before, after, facts, limits)
                    && !isExplained(before, after, facts, limits)) {
                broken.accept("I13", "no fault explains that it ran as " + before + " and as " + after);
            }
        }
        int lives = 1 + track.requeues().size();
        if (track.killed() > MOST_KILLED * lives && !facts.faults().lostDataBetween(0, Long.MAX_VALUE)) {
            broken.accept("I14", "it killed " + track.killed() + " workers");
        }
        if (track.deeds().stream().anyMatch(Deed::quarantined) && !diedAlone(track, facts)) {
            broken.accept("I14", "it was quarantined and never died alone");
        }
    }

    /** The run before was put off, or ended and was requeued. */
    static boolean isMeant(Track track, Run before, Run after) {
        for (Deed deed : track.deeds()) {
            boolean between = deed.token() >= before.token && deed.token() < after.token;
            if (between && (deed.defers() || (deed.ends() && !track.requeues().isEmpty()))) {
                return true;
            }
        }
        return false;
    }

    /** It is the next attempt, and Redis lost what put it off before anybody read that. */
    private static boolean deferralWasLost(Run before, Run after, Facts facts, Limits limits) {
        return before.stopped
                && after.attempt == before.attempt + 1
                && facts.faults().lostDataBetween(before.at, after.at + limits.unread());
    }

    private static boolean isExplained(Run before, Run after, Facts facts, Limits limits) {
        long from = Math.min(before.at, after.at) - limits.lease();
        return facts.faults().explain(before.worker, from, Math.max(before.at, after.at));
    }

    private static boolean diedAlone(Track track, Facts facts) {
        return facts.faults().isMalformed(track.job)
                || track.runs().stream().anyMatch(run -> diedAlone(run, facts) || seemedDead(run, facts));
    }

    private static boolean diedAlone(Run run, Facts facts) {
        boolean died = !run.stopped && facts.faults().deathOf(run.worker).orElse(-1) >= run.at;
        return died && facts.unstopped(run.worker) == 1;
    }

    /** A worker that stood still, or that could not renew, is dead to the others. */
    private static boolean seemedDead(Run run, Facts facts) {
        return facts.faults().silenced(run.worker, run.at);
    }
}
