package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Ends;
import dev.millrace.proving.checker.history.Stamp;
import org.jspecify.annotations.Nullable;

/** An event of a job, as far as rules look at it. */
record Deed(
        long at,
        long token,
        String type,
        int attempt,
        @Nullable Long due,
        boolean retry,
        boolean quarantined) {

    boolean ends() {
        return Ends.is(type);
    }

    boolean defers() {
        return type.equals("DEFERRED");
    }

    @Override
    public String toString() {
        return type + " " + Stamp.unpack(token) + " at " + at;
    }
}
