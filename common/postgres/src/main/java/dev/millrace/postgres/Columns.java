package dev.millrace.postgres;

import dev.millrace.job.Position;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Turns rows into the arrays that {@code unnest} makes rows of again. */
public record Columns<T>(Collection<T> rows) {

    public @Nullable UUID[] uuids(Function<T, @Nullable UUID> field) {
        return array(field, UUID[]::new);
    }

    public @Nullable String[] texts(Function<T, @Nullable String> field) {
        return array(field, String[]::new);
    }

    public @Nullable Short[] shorts(Function<T, @Nullable Short> field) {
        return array(field, Short[]::new);
    }

    public @Nullable Integer[] ints(Function<T, @Nullable Integer> field) {
        return array(field, Integer[]::new);
    }

    public @Nullable Long[] longs(Function<T, @Nullable Long> field) {
        return array(field, Long[]::new);
    }

    public @Nullable Double[] doubles(Function<T, @Nullable Double> field) {
        return array(field, Double[]::new);
    }

    public @Nullable Boolean[] booleans(Function<T, @Nullable Boolean> field) {
        return array(field, Boolean[]::new);
    }

    public @Nullable Buffer[] bytes(Function<T, @Nullable Buffer> field) {
        return array(field, Buffer[]::new);
    }

    public @Nullable Buffer[] positions(Function<T, @Nullable Position> field) {
        return bytes(row -> {
            Position position = field.apply(row);
            return position == null ? null : Buffer.buffer(position.packed());
        });
    }

    public @Nullable OffsetDateTime[] times(Function<T, @Nullable Instant> field) {
        return array(row -> Values.time(field.apply(row)), OffsetDateTime[]::new);
    }

    private <C extends @Nullable Object> C[] array(Function<T, C> field, IntFunction<C[]> empty) {
        return rows.stream().map(field).toArray(empty);
    }
}
