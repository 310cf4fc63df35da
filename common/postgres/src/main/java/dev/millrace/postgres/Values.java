package dev.millrace.postgres;

import dev.millrace.job.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Values of columns as Millrace's types, and back. */
public final class Values {

    private Values() {}

    /** Returns the time of a column that is never null. */
    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** Returns the time of a column; null if it holds none. */
    public static @Nullable Instant instantOrNull(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    /** Returns the position that a column holds packed; null if it holds none. */
    public static @Nullable Position position(Row row, String column) {
        Buffer packed = row.getBuffer(column);
        return packed == null ? null : Position.unpack(packed.getBytes());
    }

    /** Returns a time as a parameter; null for null. */
    public static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
