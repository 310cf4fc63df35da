package dev.millrace.schedule.cron;

import static dev.millrace.schedule.cron.Values.NONE;

import java.time.LocalTime;
import java.util.Optional;

/** The times of a day that an expression admits. */
record CronTimes(Values seconds, Values minutes, Values hours) {

    LocalTime first() {
        return LocalTime.of(hours.first(), minutes.first(), seconds.first());
    }

    /** The first of them on the same day that is not before this whole second. */
    Optional<LocalTime> from(LocalTime time) {
        int second = seconds.from(time.getSecond());
        int minute = minutes.from(second == NONE ? time.getMinute() + 1 : time.getMinute());
        int hour = hours.from(minute == NONE ? time.getHour() + 1 : time.getHour());
        if (hour == NONE) {
            return Optional.empty();
        }
        if (hour > time.getHour()) {
            return Optional.of(LocalTime.of(hour, minutes.first(), seconds.first()));
        }
        return Optional.of(LocalTime.of(hour, minute, minute > time.getMinute() ? seconds.first() : second));
    }
}
