package dev.millrace.proving.chaos.verdict;

import dev.millrace.proving.chaos.history.Fire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds the ticks of schedules that fire every second against what their clients know of them. Pure. */
public final class Ticks {

    private static final long INTERVAL = 1_000;

    /** A pause that overtakes the last ticks drops them. */
    private static final long OVERTAKEN = 3 * INTERVAL;

    private static final int SHOWN = 5;

    private final Map<String, List<Fire>> bySchedule;
    private final List<Fire> fires;

    public Ticks(List<Fire> fires) {
        this.fires = List.copyOf(fires);
        this.bySchedule = fires.stream().collect(Collectors.groupingBy(Fire::schedule));
    }

    /** How long after its time each job was made, of the ticks from then on, in milliseconds since 1970. */
    public Spread lateness(long from) {
        return new Spread(fires.stream()
                .filter(fire -> fire.made() > 0 && fire.tick() >= from)
                .map(fire -> fire.made() - fire.tick())
                .toList());
    }

    /**
     * A sentence for each promise that was broken.
     *
     * @param made when a client knew the schedule to fire
     * @param pausing when it asked it to pause
     */
    public List<String> broken(Map<String, Long> made, Map<String, Long> pausing) {
        List<String> broken = new ArrayList<>();
        none(
                broken,
                "I22: not fired",
                fires.stream().filter(fire -> !isFired(fire)).toList());
        none(
                broken,
                "I19: made before their time",
                fires.stream().filter(Ticks::isEarly).toList());
        none(broken, "I21: ticks are missing", missing(made, pausing));
        return broken;
    }

    private static boolean isFired(Fire fire) {
        return fire.outcome().equals("fired") && fire.made() > 0;
    }

    private static boolean isEarly(Fire fire) {
        return fire.made() > 0 && fire.made() < fire.tick();
    }

    private List<String> missing(Map<String, Long> made, Map<String, Long> pausing) {
        List<String> missing = new ArrayList<>();
        made.forEach((schedule, from) -> {
            List<Long> ticks = bySchedule.getOrDefault(schedule, List.of()).stream()
                    .map(Fire::tick)
                    .sorted()
                    .toList();
            gaps(schedule, ticks, from, pausing.getOrDefault(schedule, from), missing);
        });
        return missing;
    }

    private static void gaps(String schedule, List<Long> ticks, long from, long to, List<String> missing) {
        if (ticks.isEmpty() || ticks.getFirst() > from + INTERVAL || ticks.getLast() < to - OVERTAKEN) {
            missing.add("%s fired %s, and was to from %d to %d"
                    .formatted(
                            schedule,
                            ticks.isEmpty() ? "never" : "from " + ticks.getFirst() + " to " + ticks.getLast(),
                            from,
                            to));
        }
        for (int i = 1; i < ticks.size(); i++) {
            if (ticks.get(i) - ticks.get(i - 1) != INTERVAL) {
                missing.add("%s between %d and %d".formatted(schedule, ticks.get(i - 1), ticks.get(i)));
            }
        }
    }

    private static void none(List<String> broken, String what, List<?> all) {
        if (!all.isEmpty()) {
            broken.add("%s: %d, such as %s"
                    .formatted(what, all.size(), all.stream().limit(SHOWN).toList()));
        }
    }
}
