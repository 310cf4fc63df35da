package dev.millrace.schedule.trigger;

import dev.millrace.schedule.cron.CronDefinition;
import dev.millrace.schedule.cron.DayMatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tests' judge of clocks that are set: somebody looks at the clock on the wall each minute for some days, and writes
 * down what he sees. It knows offsets, but no transitions.
 */
final class WatchedClock {

    private static final long MINUTES_A_DAY = 1440;

    private static final Map<String, CronDefinition> DEFINED = new ConcurrentHashMap<>();

    private final Instant start;
    private final long[] shown;

    /** What the clock showed is kept as minutes since 1970, by itself. */
    WatchedClock(ZoneId zone, Instant start, int minutes) {
        this.start = start;
        this.shown = new long[minutes];
        for (int minute = 0; minute < minutes; minute++) {
            Instant time = start.plusSeconds(60L * minute);
            shown[minute] =
                    (time.getEpochSecond() + zone.getRules().getOffset(time).getTotalSeconds()) / 60;
        }
    }

    /** The minutes at which the clock shows an admitted time, shown before or not. */
    List<Instant> eachTimeShown(String expression) {
        BitSet admitted = admitted(expression);
        List<Instant> ticks = new ArrayList<>();
        for (int minute = 0; minute < shown.length; minute++) {
            if (admitted.get(sinceFirstDay(shown[minute]))) {
                ticks.add(start.plusSeconds(60L * minute));
            }
        }
        return ticks;
    }

    /** The minutes at which the clock comes to an admitted time, or past one, for the first time. */
    List<Instant> firstTimeReached(String expression) {
        BitSet admitted = admitted(expression);
        List<Instant> ticks = new ArrayList<>();
        long reached = shown[0] - 1;
        for (int minute = 0; minute < shown.length; minute++) {
            boolean anew = false;
            for (; reached < shown[minute]; reached++) {
                anew |= admitted.get(sinceFirstDay(reached + 1));
            }
            if (anew) {
                ticks.add(start.plusSeconds(60L * minute));
            }
        }
        return ticks;
    }

    private BitSet admitted(String expression) {
        CronDefinition definition = DEFINED.computeIfAbsent(expression, WatchedClock::defined);
        BitSet minutes = new BitSet();
        for (long day = firstDay(); day <= shown[shown.length - 1] / MINUTES_A_DAY; day++) {
            if (definition.admits(LocalDate.ofEpochDay(day))) {
                int midnight = sinceFirstDay(day * MINUTES_A_DAY);
                definition.secondsOfDay().forEach(second -> minutes.set(midnight + second / 60));
            }
        }
        return minutes;
    }

    private static CronDefinition defined(String expression) {
        return new CronDefinition(expression, DayMatch.EITHER);
    }

    private int sinceFirstDay(long minute) {
        return (int) (minute - firstDay() * MINUTES_A_DAY);
    }

    private long firstDay() {
        return shown[0] / MINUTES_A_DAY;
    }
}
