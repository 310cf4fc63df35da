package dev.millrace.schedule.trigger;

import dev.millrace.schedule.cron.BadCron;
import dev.millrace.schedule.cron.CronExpression;
import dev.millrace.schedule.cron.DayMatch;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fires when the clock of a time zone shows what an expression admits.
 *
 * <p><b>When clocks are set forward or back</b>, the hour field decides:
 *
 * <ul>
 *   <li>An expression that <em>names hours</em> follows the wall clock. A time that the clock passes over fires at the
 *       moment at which it is set; several such times, or one more that is due at that moment, fire together, once. A
 *       time that the clock shows twice fires at the first.
 *   <li>An expression that admits <em>every hour</em> means no particular one and follows real time: it fires at each
 *       moment at which the clock shows an admitted time, and at no other. Every minute is every 60 seconds, and every
 *       hour, where the clock is set by an hour, every 3,600.
 * </ul>
 *
 * <pre>
 * Europe/Berlin, 2026     29 March, 02:00 → 03:00         25 October, 03:00 → 02:00
 * 30 2 * * *              03:00+02                        02:30+02
 * 0 0-6/2 * * *           00:00+01 03:00+02 04:00+02 …    00:00+02 02:00+02 04:00+01 …
 * 30 * * * *              01:30+01 03:30+02 …             01:30+02 02:30+02 02:30+01 03:30+01 …
 * </pre>
 *
 * So a job that is to run each day runs each day, once, and one that is to run all the time neither pauses nor repeats.
 * Vixie's cron has the same two kinds, but takes {@code *} as a field's first character for the mark of the second one.
 */
public record Cron(CronExpression expression, ZoneId zone) implements Trigger {

    public Cron {
        Zones.check(zone);
    }

    /**
     * Reads an expression.
     *
     * @param zone of IANA's database, as {@code Europe/Berlin}
     * @throws BadCron if the expression is none or never fires
     * @throws IllegalArgumentException if the zone is unknown
     */
    public static Cron of(String expression, String zone, DayMatch dayMatch) {
        return new Cron(CronExpression.parse(expression, dayMatch), Zones.named(zone));
    }

    @Override
    public Optional<Occurrence> next(Instant after) {
        return expression.namesNoHour()
                ? inRealTime(after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
                : expression.from(wallClockAfter(after)).map(this::onWallClock);
    }

    /** The first second that the clock had not yet shown by then. */
    private LocalDateTime wallClockAfter(Instant instant) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        LocalDateTime local = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        boolean shownBefore = transition != null && transition.getOffsetAfter().equals(offset);
        return shownBefore ? transition.getDateTimeBefore() : local.plusSeconds(1);
    }

    private Occurrence onWallClock(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return new Occurrence(local.atOffset(zone.getRules().getOffset(local)), Occurrence.Note.NONE);
        }
        return transition.isGap()
                ? new Occurrence(firstAfter(transition), Occurrence.Note.DST_GAP)
                : new Occurrence(local.atOffset(transition.getOffsetBefore()), Occurrence.Note.DST_OVERLAP);
    }

    private static OffsetDateTime firstAfter(ZoneOffsetTransition transition) {
        return transition.getDateTimeAfter().atOffset(transition.getOffsetAfter());
    }

    /** From one setting of the clock to the next, the offset is the same. */
    private Optional<Occurrence> inRealTime(Instant start) {
        Instant from = start;
        for (ZoneOffsetTransition next = after(from); next != null; next = after(from)) {
            Optional<Occurrence> found = atOffsetOf(from);
            if (found.isEmpty() || found.get().at().isBefore(next.getInstant())) {
                return found;
            }
            from = next.getInstant();
        }
        return atOffsetOf(from);
    }

    private @Nullable ZoneOffsetTransition after(Instant instant) {
        return zone.getRules().nextTransition(instant);
    }

    private Optional<Occurrence> atOffsetOf(Instant instant) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        LocalDateTime local = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
        return expression.from(local).map(found -> new Occurrence(found.atOffset(offset), shown(found)));
    }

    private Occurrence.Note shown(LocalDateTime local) {
        return zone.getRules().getTransition(local) == null ? Occurrence.Note.NONE : Occurrence.Note.DST_OVERLAP;
    }

    @Override
    public String description() {
        return "%s (%s)".formatted(expression.description(), zone);
    }
}
