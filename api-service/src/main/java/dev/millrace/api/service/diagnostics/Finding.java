package dev.millrace.api.service.diagnostics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.names.Labelled;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a check has found, as clients see it.
 *
 * @param check what was looked at
 * @param status ok, note or bad
 * @param finding what was found, in a sentence
 * @param recommendation what to do; null if nothing is to be done
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Finding(
        String check,
        String status,
        String finding,
        @Nullable String recommendation) {

    /** How much it matters. */
    enum Level implements Labelled {
        OK,
        /** Worth knowing, and nothing is broken. */
        NOTE,
        /** Jobs do not run as they should, or will not soon. */
        BAD
    }

    static Finding ok(String check, String finding) {
        return new Finding(check, Level.OK.label(), finding, null);
    }

    static Finding note(String check, String finding, String recommendation) {
        return new Finding(check, Level.NOTE.label(), finding, recommendation);
    }

    static Finding bad(String check, String finding, String recommendation) {
        return new Finding(check, Level.BAD.label(), finding, recommendation);
    }

    @JsonIgnore
    Level level() {
        return Labelled.of(Level.values(), "status", status);
    }
}
