package dev.millrace.schedule.trigger;

import static java.lang.Math.asin;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static java.lang.Math.tan;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The tests' judge of the sun: the formulas of low accuracy in J. Meeus, Astronomical Algorithms (2nd edition, chapters
 * 15, 25 and 28), by which NOAA's solar calculator makes its tables. Angles are in degrees.
 */
record Almanac(double latitude, double longitude) {

    private static final double JULIAN_1970 = 2_440_587.5;
    private static final double JULIAN_2000 = 2_451_545;

    /** Noon, as minutes after midnight UTC of the date. */
    private double noon(LocalDate date) {
        double minutes = 720 - 4 * longitude;
        for (int i = 0; i < 3; i++) {
            minutes = 720 - 4 * longitude - equationOfTime(centuries(date, minutes));
        }
        return minutes;
    }

    /** When the sun's centre is at this height; on the way up if {@code sign} is -1, down if it is 1. */
    private Optional<Instant> at(LocalDate date, double height, int sign) {
        double minutes = noon(date);
        for (int i = 0; i < 8; i++) {
            double t = centuries(date, minutes);
            double cosine = (sine(height) - sine(latitude) * sine(declination(t)))
                    / (cosine(latitude) * cosine(declination(t)));
            if (Math.abs(cosine) > 1) {
                return Optional.empty();
            }
            minutes = 720 - 4 * longitude - equationOfTime(t) + sign * 4 * toDegrees(Math.acos(cosine));
        }
        return Optional.of(instant(date, minutes));
    }

    Optional<Instant> at(LocalDate date, SolarEvent event) {
        return switch (event) {
            case DAWN_ASTRONOMICAL -> at(date, -18, -1);
            case DAWN_NAUTICAL -> at(date, -12, -1);
            case DAWN_CIVIL -> at(date, -6, -1);
            case SUNRISE -> at(date, -0.833, -1);
            case NOON -> Optional.of(instant(date, noon(date)));
            case SUNSET -> at(date, -0.833, 1);
            case DUSK_CIVIL -> at(date, -6, 1);
            case DUSK_NAUTICAL -> at(date, -12, 1);
            case DUSK_ASTRONOMICAL -> at(date, -18, 1);
        };
    }

    private static Instant instant(LocalDate date, double minutes) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC).plusSeconds(Math.round(minutes * 60));
    }

    private static double centuries(LocalDate date, double minutes) {
        return (date.toEpochDay() + JULIAN_1970 + minutes / 1440 - JULIAN_2000) / 36_525;
    }

    private static double meanLongitude(double t) {
        return 280.46646 + 36_000.76983 * t;
    }

    private static double anomaly(double t) {
        return 357.52911 + 35_999.05029 * t;
    }

    private static double apparentLongitude(double t) {
        double centre = (1.914602 - 0.004817 * t) * sine(anomaly(t))
                + (0.019993 - 0.000101 * t) * sine(2 * anomaly(t))
                + 0.000289 * sine(3 * anomaly(t));
        return meanLongitude(t) + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t);
    }

    private static double obliquity(double t) {
        return 23.439291 - 0.013004 * t + 0.00256 * cosine(125.04 - 1934.136 * t);
    }

    private static double declination(double t) {
        return toDegrees(asin(sine(obliquity(t)) * sine(apparentLongitude(t))));
    }

    /** In minutes. */
    private static double equationOfTime(double t) {
        double y = Math.pow(tan(toRadians(obliquity(t) / 2)), 2);
        double e = 0.016708634 - 0.000042037 * t;
        double l = meanLongitude(t);
        double m = anomaly(t);
        return 4
                * toDegrees(y * sine(2 * l)
                        - 2 * e * sine(m)
                        + 4 * e * y * sine(m) * cosine(2 * l)
                        - y * y / 2 * sine(4 * l)
                        - 1.25 * e * e * sine(2 * m));
    }

    private static double sine(double degrees) {
        return sin(toRadians(degrees));
    }

    private static double cosine(double degrees) {
        return cos(toRadians(degrees));
    }
}
