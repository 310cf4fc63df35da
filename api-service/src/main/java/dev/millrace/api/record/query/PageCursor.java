package dev.millrace.api.record.query;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * The last job of a page, behind which the next one begins. Its text is opaque to clients.
 *
 * @param createdAt in whole microseconds, as PostgreSQL keeps it
 */
public record PageCursor(Instant createdAt, JobId id) {

    private static final int BYTES = Long.BYTES + 2 * Long.BYTES;

    /** At a row with created_at and id. */
    static PageCursor of(Row row) {
        return new PageCursor(Values.instant(row, "created_at"), new JobId(row.getUUID("id")));
    }

    /** Throws {@link IllegalArgumentException} for a text that {@link #text} did not make. */
    public static PageCursor parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A cursor is the nextCursor of the page before.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Instant createdAt = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
        return new PageCursor(UtcTimes.inRange(createdAt), new JobId(new UUID(in.getLong(), in.getLong())));
    }

    public String text() {
        ByteBuffer out = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.uuid().getMostSignificantBits())
                .putLong(id.uuid().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }
}
