package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Line.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done to the system, by whom it hit. */
final class Faults {

    /** After which a worker's job may run once more, although it did not fail. */
    private static final Set<Fault.Type> REPEATING = EnumSet.of(
            Fault.Type.KILL,
            Fault.Type.DIED,
            Fault.Type.TERM,
            Fault.Type.PAUSE,
            Fault.Type.CUT,
            Fault.Type.REDIS_DOWN,
            Fault.Type.REDIS_LOST,
            Fault.Type.REDIS_SET_BACK,
            Fault.Type.CLOCK);

    private static final Set<Fault.Type> DEADLY = EnumSet.of(Fault.Type.KILL, Fault.Type.DIED);
    private static final Set<Fault.Type> OF_REDIS =
            EnumSet.of(Fault.Type.REDIS_DOWN, Fault.Type.REDIS_LOST, Fault.Type.REDIS_SET_BACK, Fault.Type.CLOCK);

    private static final Set<Fault.Type> SILENT = EnumSet.of(
            Fault.Type.PAUSE,
            Fault.Type.CUT,
            Fault.Type.REDIS_DOWN,
            Fault.Type.REDIS_LOST,
            Fault.Type.REDIS_SET_BACK,
            Fault.Type.CLOCK);

    private static final Set<Fault.Type> LOST = EnumSet.of(Fault.Type.REDIS_LOST, Fault.Type.REDIS_SET_BACK);

    private final List<Fault> forAll = new ArrayList<>();
    private final Map<String, List<Fault>> ofWorker = new HashMap<>();
    private final List<Fault> all = new ArrayList<>();

    void add(Fault fault) {
        all.add(fault);
        String target = fault.target();
        if (target == null) {
            forAll.add(fault);
        } else {
            ofWorker.computeIfAbsent(target, first -> new ArrayList<>()).add(fault);
        }
    }

    int count() {
        return all.size();
    }

    /** Whether what this worker ran may have been run again, for a fault of that time. */
    boolean explain(String worker, long from, long to) {
        return hit(forAll, REPEATING, from, to) || hit(ofWorker.getOrDefault(worker, List.of()), REPEATING, from, to);
    }

    /** Whether a worker may have seemed dead from then on, although it lived. */
    boolean silenced(String worker, long from) {
        return hit(ofWorker.getOrDefault(worker, List.of()), SILENT, from, Long.MAX_VALUE)
                || hit(forAll, SILENT, from, Long.MAX_VALUE);
    }

    /** Whether the worker was paused for a part of that time. */
    boolean stoodStill(String worker, long from, long to) {
        return hit(ofWorker.getOrDefault(worker, List.of()), EnumSet.of(Fault.Type.PAUSE), from, to);
    }

    boolean lostDataBetween(long from, long to) {
        return hit(all, LOST, from, to);
    }

    boolean setBackBetween(long from, long to) {
        return hit(all, EnumSet.of(Fault.Type.REDIS_SET_BACK), Math.min(from, to), Math.max(from, to));
    }

    boolean movedTheClock() {
        return all.stream().anyMatch(fault -> fault.type() == Fault.Type.CLOCK);
    }

    /** Whether more than the death of single workers went on. */
    boolean disturbed(long from, long to) {
        return hit(all, EnumSet.of(Fault.Type.PAUSE, Fault.Type.CUT), from, to)
                || hit(all, OF_REDIS, from, to)
                || hit(forAll, DEADLY, from, to);
    }

    boolean redisSuffered(long from, long to) {
        return hit(all, OF_REDIS, from, to);
    }

    /** When the worker died, if it did. */
    OptionalLong deathOf(String worker) {
        return ofWorker.getOrDefault(worker, List.of()).stream()
                .filter(fault -> DEADLY.contains(fault.type()))
                .mapToLong(Fault::at)
                .min();
    }

    boolean isMalformed(String job) {
        return all.stream().anyMatch(fault -> fault.type() == Fault.Type.MALFORMED && job.equals(fault.job()));
    }

    private static boolean hit(List<Fault> faults, Set<Fault.Type> types, long from, long to) {
        for (Fault fault : faults) {
            if (types.contains(fault.type()) && fault.at() <= to && end(fault.until(), fault) >= from) {
                return true;
            }
        }
        return false;
    }

    private static long end(@Nullable Long until, Fault fault) {
        return until == null ? fault.at() : until;
    }
}
