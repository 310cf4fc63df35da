package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A caller as it is told itself.
 *
 * @param token its id; null for whoever has the installation's own token, or needs none
 * @param expiresAt of the token, or of the session by which the call came; null if that never happens
 */
@RegisterForReflection
public record Me(
        String name,
        String role,
        String tenant,
        @Nullable String token,
        @Nullable Instant expiresAt) {

    static Me of(Caller caller) {
        return of(caller, caller.expiresAt());
    }

    /** The same until another time. */
    static Me of(Caller caller, @Nullable Instant expiresAt) {
        return new Me(caller.name(), caller.role().label(), caller.tenant(), caller.token(), expiresAt);
    }
}
