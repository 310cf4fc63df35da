package dev.millrace.api.record.projection;

import dev.millrace.job.Position;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns rows into the arrays that {@code unnest} makes rows of again. */
record Columns<T>(List<T> rows) {

    UUID[] uuids(Function<T, UUID> field) {
        return rows.stream().map(field).toArray(UUID[]::new);
    }

    @Nullable
    String[] texts(Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    @Nullable
    Integer[] ints(Function<T, @Nullable Integer> field) {
        return rows.stream().map(field).toArray(Integer[]::new);
    }

    @Nullable
    Long[] longs(Function<T, @Nullable Long> field) {
        return rows.stream().map(field).toArray(Long[]::new);
    }

    @Nullable
    Buffer[] bytes(Function<T, @Nullable Buffer> field) {
        return rows.stream().map(field).toArray(Buffer[]::new);
    }

    @Nullable
    Buffer[] positions(Function<T, @Nullable Position> field) {
        return bytes(row -> {
            Position position = field.apply(row);
            return position == null ? null : Buffer.buffer(position.packed());
        });
    }

    @Nullable
    OffsetDateTime[] times(Function<T, @Nullable Instant> field) {
        return rows.stream()
                .map(row -> {
                    Instant at = field.apply(row);
                    return at == null ? null : at.atOffset(ZoneOffset.UTC);
                })
                .toArray(OffsetDateTime[]::new);
    }
}
