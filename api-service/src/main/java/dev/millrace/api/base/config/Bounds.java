package dev.millrace.api.base.config;

import java.time.Duration;

/** Refuses settings at the start, in a sentence with the key and its value. */
public final class Bounds {

    private Bounds() {}

    /** Throws {@link IllegalArgumentException} if the value is not from {@code least} to {@code most}. */
    public static void require(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d: it must be from %d to %d.".formatted(key, value, least, most));
        }
    }

    /** Throws {@link IllegalArgumentException} if the value is not from {@code least} to {@code most}. */
    public static void require(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s: it must be from %s to %s.".formatted(key, value, least, most));
        }
    }
}
