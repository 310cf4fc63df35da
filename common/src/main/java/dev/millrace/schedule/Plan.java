package dev.millrace.schedule;

import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Occurrence;
import dev.millrace.schedule.trigger.ScheduleRules;
import dev.millrace.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule fires, from when until when, and what becomes of ticks that were missed. There is no plan that never
 * fires: it is refused.
 *
 * @param startAt before which nothing fires; null if there is no such time
 * @param endAt after which nothing fires; null if there is no such time
 * @param misfireGrace how late a tick may be and still fires whatever {@code misfire} says; 0 to {@link #LONGEST_GRACE},
 *     in whole seconds
 * @param catchUpWindow how late a tick may be and still be caught up; {@code misfireGrace} to {@link #LONGEST_WINDOW},
 *     in whole seconds
 */
public record Plan(
        Trigger trigger,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        Misfire misfire,
        Duration misfireGrace,
        Duration catchUpWindow,
        Overlap overlap) {

    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);
    public static final Duration LONGEST_GRACE = Duration.ofDays(7);
    public static final Duration DEFAULT_WINDOW = Duration.ofDays(365);
    public static final Duration LONGEST_WINDOW = Duration.ofDays(3660);

    public Plan {
        startAt = startAt == null ? null : ScheduleRules.instant("startAt", startAt);
        endAt = endAt == null ? null : ScheduleRules.instant("endAt", endAt);
        misfireGrace = ScheduleRules.within("misfireGrace", Duration.ZERO, LONGEST_GRACE, misfireGrace);
        catchUpWindow = ScheduleRules.within("catchUpWindow", misfireGrace, LONGEST_WINDOW, catchUpWindow);
        checkFires(trigger, startAt, endAt);
    }

    /** Without bounds: missed ticks fire once, after a minute's grace, for a year; jobs may overlap. */
    public static Plan of(Trigger trigger) {
        return new Plan(trigger, null, null, new Misfire.FireOnce(), DEFAULT_GRACE, DEFAULT_WINDOW, Overlap.ALLOW);
    }

    private static void checkFires(Trigger trigger, @Nullable Instant startAt, @Nullable Instant endAt) {
        Instant last = endAt == null ? ScheduleRules.LATEST : endAt;
        Instant first = startAt == null ? ScheduleRules.EARLIEST : startAt;
        if (trigger.next(justBefore(first))
                .filter(tick -> !tick.at().isAfter(last))
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "A schedule that fires %s never fires between startAt (%s) and endAt (%s)."
                            .formatted(trigger.description(), startAt, endAt));
        }
    }

    /** This plan, with the anchor of the other one if both fire at the same interval; else as it is. */
    public Plan withAnchorOf(Plan other) {
        return trigger instanceof Every own
                        && other.trigger instanceof Every given
                        && own.interval().equals(given.interval())
                ? new Plan(given, startAt, endAt, misfire, misfireGrace, catchUpWindow, overlap)
                : this;
    }

    /** The first tick strictly after an instant; empty if none comes any more. */
    public Optional<Occurrence> next(Instant after) {
        return after.isBefore(last()) ? trigger.next(notBeforeStart(after)).filter(this::inTime) : Optional.empty();
    }

    private Optional<Occurrence> nextShown(Instant after) {
        return after.isBefore(last())
                ? trigger.nextShown(notBeforeStart(after)).filter(this::inTime)
                : Optional.empty();
    }

    /** All ticks from an instant on, itself included, in their order; each is computed when it is asked for. */
    public Stream<Occurrence> from(Instant start) {
        return Stream.iterate(next(justBefore(start)), Optional::isPresent, tick -> next(at(tick)))
                .flatMap(Optional::stream);
    }

    /** As {@link #from}, with what {@linkplain Occurrence#fires does not fire} shown in its place. */
    public Stream<Occurrence> preview(Instant start) {
        return Stream.iterate(nextShown(justBefore(start)), Optional::isPresent, shown -> nextShown(at(shown)))
                .flatMap(Optional::stream);
    }

    private static Instant at(Optional<Occurrence> occurrence) {
        return occurrence.orElseThrow().at();
    }

    private static Instant justBefore(Instant instant) {
        return later(instant, ScheduleRules.EARLIEST).minusNanos(1);
    }

    private Instant notBeforeStart(Instant after) {
        return later(after, justBefore(startAt == null ? ScheduleRules.EARLIEST : startAt));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant last() {
        return endAt == null ? ScheduleRules.LATEST : endAt;
    }

    private boolean inTime(Occurrence occurrence) {
        return !occurrence.at().isAfter(last());
    }
}
