package dev.millrace.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Fires at an event of the sun over a place, or by a fixed time before or after it. Near the poles there are days
 * without: they are left out, and shown with the note {@link Occurrence.Note#POLAR}.
 *
 * <p>The times are those of commons-suncalc, without the height of the place: within a minute of almanacs up to the
 * polar circles, within several minutes closer to the poles.
 *
 * @param latitude -89 to 89, north is positive; closer to a pole the sun hardly climbs and sinks within a day
 * @param longitude -180 to 180, east is positive
 * @param offset after the event, negative before it; at most {@link #FARTHEST} either way, in whole seconds,
 *     what is finer is cut off
 */
public record Solar(SolarEvent event, double latitude, double longitude, Duration offset) implements Trigger {

    public static final Duration FARTHEST = Duration.ofHours(24);

    public static final int FARTHEST_LATITUDE = 89;
    public static final int FARTHEST_LONGITUDE = 180;

    /** Near a pole an event may come in a few days of a year only. */
    private static final int LONGEST_WAIT_IN_DAYS = 400;

    public Solar {
        ScheduleRules.degrees("latitude", FARTHEST_LATITUDE, latitude);
        ScheduleRules.degrees("longitude", FARTHEST_LONGITUDE, longitude);
        offset = ScheduleRules.within("offset", FARTHEST.negated(), FARTHEST, offset);
    }

    @Override
    public Optional<Occurrence> next(Instant after) {
        return first(after, Occurrence::fires);
    }

    @Override
    public Optional<Occurrence> nextShown(Instant after) {
        return first(after, occurrence -> true);
    }

    /** Days come in the order of what they bring, whether that is the event or, at noon, the remark that there is none. */
    private Optional<Occurrence> first(Instant after, Predicate<Occurrence> wanted) {
        return days(after.minus(offset))
                .map(this::on)
                .filter(occurrence -> occurrence.at().isAfter(after))
                .filter(wanted)
                .findFirst();
    }

    /** A day's events lie within a day and a half before and after its noon in UTC. */
    private static Stream<LocalDate> days(Instant after) {
        LocalDate start = LocalDate.ofInstant(after, ZoneOffset.UTC).minusDays(2);
        return Stream.iterate(start, day -> day.plusDays(1)).limit(LONGEST_WAIT_IN_DAYS);
    }

    private Occurrence on(LocalDate day) {
        Sun sun = new Sun(latitude, longitude);
        return sun.at(event, day)
                .map(at -> Occurrence.utc(at.plus(offset)))
                .orElseGet(() -> Occurrence.utc(sun.noon(day).plus(offset), Occurrence.Note.POLAR));
    }

    @Override
    public String description() {
        return when() + " at latitude " + latitude + ", longitude " + longitude;
    }

    private String when() {
        String name = event.spoken();
        if (offset.isZero()) {
            return "at " + name;
        }
        return DurationWords.counted(offset.abs()) + (offset.isNegative() ? " before " : " after ") + name;
    }
}
