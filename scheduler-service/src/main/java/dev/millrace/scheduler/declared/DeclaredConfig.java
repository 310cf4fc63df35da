package dev.millrace.scheduler.declared;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Schedules by their names, which are their ids. Times, durations and numbers of degrees are written as the api has them. */
@ConfigMapping(prefix = "millrace.schedules")
public interface DeclaredConfig {

    @WithParentName
    Map<String, Entry> byName();

    /** One schedule: one of {@link #cron}, {@link #every}, {@link #solar} and {@link #at}, and a {@link #task}. */
    interface Entry {

        /** Five fields, or six with seconds: {@code 0 9 * * MON-FRI}. */
        Optional<String> cron();

        /** Of {@link #cron}; UTC by default. */
        Optional<String> timezone();

        /** Of {@link #cron}: {@code either} (the default) or {@code both}. */
        Optional<String> dayMatch();

        /** An interval of a second or more. */
        Optional<String> every();

        /** From which {@link #every} counts; 1970-01-01T00:00:00Z by default. */
        Optional<String> anchor();

        Sun solar();

        /** One single time. */
        Optional<String> at();

        /** Whose jobs are made. */
        Optional<String> task();

        /** JSON; null by default. */
        Optional<String> payload();

        Optional<String> queue();

        OptionalInt priority();

        Optional<List<String>> tags();

        /** A JSON object with further fields of {@code POST /jobs}. */
        Optional<String> job();

        Optional<String> startAt();

        Optional<String> endAt();

        /** {@code fire-once} (the default), {@code skip}, or {@code fire-all} with {@link #misfireMax}. */
        Optional<String> misfire();

        OptionalInt misfireMax();

        /** PT60S by default. */
        Optional<String> misfireGrace();

        /** P365D by default. */
        Optional<String> catchUpWindow();

        /** {@code allow} (the default) or {@code skip}. */
        Optional<String> overlap();

        @WithDefault("false")
        boolean paused();

        /** Whose jobs they are. */
        @WithDefault("default")
        String tenant();
    }

    /** An event of the sun at a place. */
    interface Sun {

        /** Such as {@code sunset}. */
        Optional<String> event();

        /** -90 to 90. */
        Optional<Double> latitude();

        /** -180 to 180. */
        Optional<Double> longitude();

        /** Nothing by default. */
        Optional<String> offset();
    }
}
