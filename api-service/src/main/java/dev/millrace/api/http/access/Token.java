package dev.millrace.api.http.access;

import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.postgres.Values;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the record has of a token, or of a session, that is neither expired nor revoked.
 *
 * @param boundTo the token of the environment with which a session was opened, and without which it is none; null for all others
 * @param caller who holds it
 */
record Token(TokenHash hash, @Nullable TokenHash boundTo, Caller caller) {

    static Token of(Row row) {
        Buffer boundTo = row.getBuffer("bound_to");
        return new Token(
                TokenHash.stored(row.getBuffer("hash").getBytes()),
                boundTo == null ? null : TokenHash.stored(boundTo.getBytes()),
                new Caller(
                        row.getString("tenant"),
                        Role.ofLabel(row.getString("role")),
                        row.getString("name"),
                        row.getString("token"),
                        row.getString("session"),
                        Values.instant(row, "expires_at"),
                        boundTo != null,
                        row.getInteger("requests_per_second")));
    }

    /** By which it is asked for. */
    String id() {
        return Objects.requireNonNull(caller.credential());
    }

    /** Whether it is what was shown, by somebody who may show it. */
    boolean isShownBy(TokenText text, TokenHash shown, AccessSettings settings) {
        return hash.equals(shown)
                && text.session() == (caller.session() != null)
                && (boundTo == null
                        || settings.adminToken().filter(boundTo::equals).isPresent());
    }
}
