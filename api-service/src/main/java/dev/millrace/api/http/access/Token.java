package dev.millrace.api.http.access;

import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;

/**
 * What the record has of a token that is neither expired nor revoked.
 *
 * @param caller who holds it
 */
record Token(TokenHash hash, Caller caller) {

    static final String COLUMNS = "id, hash, tenant, role, name, expires_at";

    static Token of(Row row) {
        return new Token(
                TokenHash.stored(row.getBuffer("hash").getBytes()),
                new Caller(
                        row.getString("tenant"),
                        Role.ofLabel(row.getString("role")),
                        row.getString("name"),
                        row.getString("id"),
                        Values.instant(row, "expires_at")));
    }
}
