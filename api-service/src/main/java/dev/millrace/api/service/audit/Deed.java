package dev.millrace.api.service.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.changes.Change;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of a call beside its caller.
 *
 * @param target what the path names; null if nothing
 * @param trace that it belongs to; null if to none
 * @param before the setting that it changed, as JSON; null if it changed none, or made it
 * @param after likewise; null if it is gone
 */
record Deed(
        String operation,
        @Nullable String target,
        int status,
        @Nullable String trace,
        @Nullable String before,
        @Nullable String after) {

    /** In characters. A setting is smaller, unless somebody tries what fits. */
    private static final int MOST = 8_192;

    private static final String TOO_LARGE = "{\"tooLarge\":true}";

    static Deed of(
            String operation, @Nullable String target, int status, @Nullable String trace, Optional<Change> change) {
        return new Deed(
                operation,
                target,
                status,
                trace,
                text(change.map(Change::before).orElse(null)),
                text(change.map(Change::after).orElse(null)));
    }

    private static @Nullable String text(@Nullable JsonNode setting) {
        String text = setting == null ? null : setting.toString();
        return text == null || text.length() <= MOST ? text : TOO_LARGE;
    }
}
