package dev.millrace.proving.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a killed worker ran starts elsewhere soon: I12; and how soon. */
final class Recovery implements Rule {

    private final List<Long> millis = new ArrayList<>();

    @Override
    public void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        for (Run run : track.runs()) {
            OptionalLong death =
                    run.stopped ? OptionalLong.empty() : facts.faults().deathOf(run.worker);
            if (death.isPresent() && death.getAsLong() >= run.at && !settled(track, run)) {
                look(track, run, death.getAsLong(), facts, limits, broken);
            }
        }
    }

    private void look(Track track, Run run, long death, Facts facts, Limits limits, BiConsumer<String, String> broken) {
        Long next = next(track, run, death);
        boolean judged =
                !facts.faults().disturbed(death - limits.lease(), death + limits.recoveryMax()) && track.killed() == 0;
        if (!judged || next == null) {
            return;
        }
        long took = next - death;
        millis.add(took);
        if (took > limits.recoveryMax()) {
            broken.accept("I12", "its worker died at %d, and it began again %d ms later".formatted(death, took));
        }
    }

    /** It had been settled before its worker died, or its settling was on its way. */
    private static boolean settled(Track track, Run run) {
        return track.deeds().stream().anyMatch(deed -> deed.token() == run.token && (deed.ends() || deed.defers()));
    }

    private static @Nullable Long next(Track track, Run run, long death) {
        return track.runs().stream()
                .filter(other -> other.token > run.token && other.at > death)
                .map(other -> other.at)
                .min(Long::compare)
                .orElse(null);
    }

    int count() {
        return millis.size();
    }

    /** The time within which so many of a hundred recovered; 0 if none had to. */
    long percentile(int percent) {
        Collections.sort(millis);
        return millis.isEmpty() ? 0 : millis.get(Math.min(millis.size() - 1, millis.size() * percent / 100));
    }
}
