package dev.millrace.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.commons.suncalc.SunTimes;
import org.shredzone.commons.suncalc.SunTimes.Twilight;

/**
 * The sun over one place. Every event is computed as part of a solar day, which is named by the date in UTC at the mean
 * noon of its longitude, and lasts 12 hours to either side of its true noon: the sun climbs in the first half and sinks
 * in the second. So each event is at most once in a day, however close to midnight, and does not depend on who asks.
 */
record Sun(double latitude, double longitude) {

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /** The sun turns by one degree in four minutes. */
    private static final long SECONDS_PER_DEGREE = 240;

    /** Noon is the same all along a meridian, and is found best where the sun stands neither overhead nor low. */
    private static final double LATITUDE_OF_NOON = 45;

    /** In whole seconds; empty if the sun does not pass that height on that day. */
    Optional<Instant> at(SolarEvent event, LocalDate day) {
        return switch (event) {
            case DAWN_ASTRONOMICAL -> climbing(day, Twilight.ASTRONOMICAL);
            case DAWN_NAUTICAL -> climbing(day, Twilight.NAUTICAL);
            case DAWN_CIVIL -> climbing(day, Twilight.CIVIL);
            case SUNRISE -> climbing(day, Twilight.VISUAL);
            case NOON -> Optional.of(noon(day));
            case SUNSET -> sinking(day, Twilight.VISUAL);
            case DUSK_CIVIL -> sinking(day, Twilight.CIVIL);
            case DUSK_NAUTICAL -> sinking(day, Twilight.NAUTICAL);
            case DUSK_ASTRONOMICAL -> sinking(day, Twilight.ASTRONOMICAL);
        };
    }

    Instant noon(LocalDate day) {
        Instant midnight =
                day.atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(Math.round(longitude * SECONDS_PER_DEGREE));
        SunTimes times =
                from(midnight, LATITUDE_OF_NOON).limit(Duration.ofDays(1)).execute();
        return seconds(Objects.requireNonNull(times.getNoon()));
    }

    private Optional<Instant> climbing(LocalDate day, Twilight height) {
        return found(halfADay(noon(day).minus(HALF_A_DAY), height).getRise());
    }

    private Optional<Instant> sinking(LocalDate day, Twilight height) {
        return found(halfADay(noon(day), height).getSet());
    }

    private SunTimes halfADay(Instant start, Twilight height) {
        return from(start, latitude).limit(HALF_A_DAY).twilight(height).execute();
    }

    private SunTimes.Parameters from(Instant start, double observed) {
        return SunTimes.compute().on(start).utc().at(observed, longitude);
    }

    private static Optional<Instant> found(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(Sun::seconds);
    }

    private static Instant seconds(ZonedDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.SECONDS);
    }
}
