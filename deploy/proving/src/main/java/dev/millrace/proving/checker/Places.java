package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Submit;
import java.util.function.BiConsumer;

/** A live job lies in one place, at every look: I4, I11. */
final class Places implements Rule {

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        if (track.hasTwoPlaces()) {
            broken.accept("I4", "it lay in two places at once");
        }
        Submit submit = track.submit();
        Row row = track.row();
        boolean silent = row != null && row.ended() && track.ends().isEmpty();
        if (submit == null || silent || !track.requeues().isEmpty()) {
            return;
        }
        facts.scans().forEach((scan, at) -> {
            boolean lives = at > submit.done() && at < track.firstEndAt();
            boolean away = facts.faults().redisSuffered(at - limits.reconcile(), at);
            if (lives && !away && !track.isAt(scan)) {
                broken.accept("I11", "it lived and lay nowhere at " + at);
            }
        });
    }
}
