package dev.millrace.scheduler.fires;

import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be done now about the ticks of a plan that were due: an older part of them is missed, the younger rest fires.
 *
 * <pre>
 *      first            now - catchUpWindow                      now - misfireGrace         now
 *  ──────┼───────────────────────┼────────────────────────────────────────┼──────────────────┼──────
 *        ├──── missed ───────────┴─────── missed ──────┼── the latest ────┼──── punctual ────┤ next
 *                                                      └ {@link Misfire#most} of them    all of them
 *                                                 firesFrom
 * </pre>
 *
 * A tick is punctual if it is no more than {@code misfireGrace} late; all of these fire. Of the others, those fire that
 * {@link Misfire} catches up, if they are no more than {@code catchUpWindow} late. So one instant decides it all, and who
 * is stopped after some fires and decides again about the rest, at the same {@code now}, lets that rest fire.
 *
 * <p>Ticks are not kept but computed when they are asked for: a schedule of each second that was away for a year costs
 * no more than the ticks that fire.
 *
 * @param first the earliest tick that was not dealt with
 * @param firesFrom ticks before it are missed, the others fire
 * @param now ticks after it are not due
 */
public record Due(Plan plan, Instant first, Instant firesFrom, Instant now) {

    private static final Duration SHORTEST_LOOK_BACK = Duration.ofMinutes(1);

    public static Due of(Plan plan, Instant first, Instant now) {
        Instant punctualFrom = later(first, now.minus(plan.misfireGrace()));
        Instant caughtUpFrom = later(first, now.minus(plan.catchUpWindow()));
        Deque<Instant> caughtUp = latest(plan, plan.misfire().most(), caughtUpFrom, punctualFrom);
        return new Due(plan, first, caughtUp.isEmpty() ? punctualFrom : caughtUp.getFirst(), now);
    }

    /** Looks back in ever longer steps until there are enough of them. */
    private static Deque<Instant> latest(Plan plan, int most, Instant earliest, Instant end) {
        Deque<Instant> latest = new ArrayDeque<>();
        Instant from = end;
        for (Duration back = SHORTEST_LOOK_BACK; latest.size() < most && from.isAfter(earliest); back = doubled(back)) {
            from = later(earliest, end.minus(back));
            latest = latestFrom(plan, most, from, end);
        }
        return latest;
    }

    private static Deque<Instant> latestFrom(Plan plan, int most, Instant from, Instant end) {
        Deque<Instant> latest = new ArrayDeque<>();
        plan.from(from).map(Occurrence::at).takeWhile(end::isAfter).forEach(tick -> {
            latest.add(tick);
            if (latest.size() > most) {
                latest.remove();
            }
        });
        return latest;
    }

    private static Duration doubled(Duration length) {
        return length.multipliedBy(2);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The ticks that fire now, in their order. */
    public Stream<Occurrence> fires() {
        return plan.from(firesFrom).takeWhile(tick -> !tick.at().isAfter(now));
    }

    /** The ticks that do not fire any more, in their order. There may be millions: {@linkplain Stream#limit limit} it. */
    public Stream<Occurrence> missed() {
        return plan.from(first).takeWhile(tick -> tick.at().isBefore(firesFrom));
    }

    /** The latest of them, in their order; it costs no more than these do. */
    public List<Instant> latestMissed(int most) {
        return List.copyOf(latest(plan, most, first, firesFrom));
    }

    /** The first tick that is not yet due; empty if the schedule has come to its end. */
    public Optional<Occurrence> next() {
        return plan.next(now);
    }
}
