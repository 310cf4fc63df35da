package dev.millrace.api.jobs.deadletter;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters of a tenant are meant; what is null does not restrict.
 *
 * @param open neither requeued nor resolved; else those that are one of the two
 * @param failedAfter exclusive
 * @param failedBefore exclusive
 */
record Filter(
        String tenant,
        boolean open,
        @Nullable String task,
        @Nullable String queue,
        @Nullable String errorType,
        @Nullable UUID job,
        @Nullable Instant failedAfter,
        @Nullable Instant failedBefore) {

    /** A condition on the first eight parameters. */
    static final String WHERE = """
            tenant = $1 and open = $2
                and ($3::text is null or task = $3) and ($4::text is null or queue = $4)
                and ($5::text is null or error_type = $5) and ($6::uuid is null or job = $6)
                and ($7::timestamptz is null or failed_at > $7) and ($8::timestamptz is null or failed_at < $8)""";

    @Nullable
    Object[] parameters(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>();
        all.addAll(Arrays.asList(tenant, open, task, queue, errorType, job, at(failedAfter), at(failedBefore)));
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    private static @Nullable Object at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
