package dev.millrace.bench.submit;

import java.time.Instant;
import java.util.UUID;
import java.util.function.LongFunction;

/** The jobs that are submitted, as JSON. */
public final class Bodies {

    private Bodies() {}

    /** A job that writes down when it was called. */
    public static String stamp(long number) {
        return job("bench.stamp", "{\"id\":" + number + "}");
    }

    /** A stamp of a job that only warms things up. */
    public static String warm(long number) {
        return stamp(-1);
    }

    /** A stamp of a job with an id that somebody knows. */
    public static String stampOf(UUID job, long number) {
        return "{\"id\":\"" + job + "\",\"task\":\"bench.stamp\",\"payload\":{\"id\":" + number + "}}";
    }

    /** A stamp that is to be made at a time, and not before. */
    public static String stampAt(long number, Instant due) {
        return "{\"task\":\"bench.stamp\",\"payload\":{\"id\":" + number + "},\"runAt\":\"" + due + "\"}";
    }

    /** Jobs that sleep. */
    public static LongFunction<String> sleep(long millis) {
        return number -> job("bench.sleep", "{\"ms\":" + millis + "}");
    }

    /** Jobs that write down their start, sleep, and write down their end. */
    public static LongFunction<String> slow(long millis) {
        return number -> job("bench.slow", "{\"id\":" + number + ",\"ms\":" + millis + "}");
    }

    private static String job(String task, String payload) {
        return "{\"task\":\"" + task + "\",\"payload\":" + payload + "}";
    }
}
