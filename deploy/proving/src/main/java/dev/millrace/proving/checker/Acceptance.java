package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Row;
import java.util.function.BiConsumer;

/** What was accepted, or made by a schedule, ends, and nothing else is there: I1, I2. */
final class Acceptance implements Rule {

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        Row row = track.row();
        if (isLost(track)) {
            broken.accept(
                    "I1",
                    "it was " + (track.fired() ? "fired" : "accepted") + " and "
                            + (row == null ? "has no row" : "is " + row.state()));
        }
        if (!facts.wanted(track) && isThere(track)) {
            broken.accept("I2", "nobody asked for it");
        }
    }

    static boolean isLost(Track track) {
        Row row = track.row();
        return (track.submit() != null || track.fired()) && (row == null || (row.last() && !row.ended()));
    }

    private static boolean isThere(Track track) {
        return track.row() != null || !track.runs().isEmpty() || !track.deeds().isEmpty();
    }
}
