package dev.millrace.proving.checker;

import org.jspecify.annotations.Nullable;

/** A rule that was broken, by which job if by one, and how. */
public record Violation(String rule, @Nullable String job, String what) {

    @Override
    public String toString() {
        return rule + (job == null ? "" : " " + job) + ": " + what;
    }
}
