package dev.millrace.api.base.page;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** A place in the order of a time and an id. A walk reads page by page what comes behind the last row of the page before. */
public record Keyset(OffsetDateTime at, UUID id) {

    /** Before every row. */
    public static final Keyset START =
            new Keyset(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0));

    /** The place of a row with an {@code id} and this column of times. */
    public static Keyset of(Row row, String time) {
        return new Keyset(row.getOffsetDateTime(time), row.getUUID("id"));
    }
}
