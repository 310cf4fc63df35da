package dev.millrace.proving.checker;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * A token belongs to one start, they only rise, and only the last one counts: I5, I6, I7. The order of deeds is not judged
 * across a moment at which Redis was set back: whom it has forgotten may have told of a later run by then.
 */
final class Tokens implements Rule {

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        oneStartForEach(track.runs(), broken);
        startInOrder(track.runs(), facts.faults(), limits, broken);
        rise(track.deeds(), facts.faults(), broken);
        track.deeds().forEach(deed -> belongsToTheLast(deed, track.runs(), facts.faults(), limits, broken));
    }

    private static void oneStartForEach(List<Run> runs, BiConsumer<String, String> broken) {
        for (int i = 1; i < runs.size(); i++) {
            Run one = runs.get(i - 1);
            Run other = runs.get(i);
            if (one.token == other.token) {
                broken.accept("I5", "one token for two starts: " + one + " and " + other);
            }
        }
    }

    /** Unless a worker stood still between being given the job and starting it. */
    private static void startInOrder(List<Run> runs, Faults faults, Limits limits, BiConsumer<String, String> broken) {
        for (int i = 1; i < runs.size(); i++) {
            Run older = runs.get(i - 1);
            Run newer = runs.get(i);
            boolean late = older.at > newer.at + limits.slack();
            if (late && !faults.stoodStill(older.worker, newer.at - limits.lease(), older.at)) {
                broken.accept("I6", older + " began after " + newer);
            }
        }
    }

    private static void rise(List<Deed> deeds, Faults faults, BiConsumer<String, String> broken) {
        for (int i = 1; i < deeds.size(); i++) {
            Deed before = deeds.get(i - 1);
            Deed after = deeds.get(i);
            if (after.token() < before.token() && !faults.setBackBetween(before.at(), after.at())) {
                broken.accept("I6", after + " came after " + before);
            }
        }
    }

    /** Whoever ends or defers a run holds it: nobody has started it since. */
    private static void belongsToTheLast(
            Deed deed, List<Run> runs, Faults faults, Limits limits, BiConsumer<String, String> broken) {
        if (!deed.ends() && !deed.defers()) {
            return;
        }
        for (Run run : runs) {
            if (run.token > deed.token()
                    && run.at < deed.at() - limits.slack()
                    && !faults.setBackBetween(run.at, deed.at())) {
                broken.accept("I7", deed + " although it had started again: " + run);
            }
        }
    }
}
