package dev.millrace.api.jobs.actions;

import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action that is being carried out, locked: what it is to do, and where it stands.
 *
 * @param selector null of one that names its jobs
 * @param idsLeft the jobs that are still to be done; empty of a filter
 * @param statesLeft of a filter: the states that are still to be gone through
 * @param place in the first of them, behind which the next page begins; null before the first page
 */
record Action(
        UUID id,
        String tenant,
        Kind kind,
        @Nullable Selector selector,
        List<JobId> idsLeft,
        @Nullable String reason,
        Instant createdAt,
        List<JobState> statesLeft,
        @Nullable PageCursor place,
        int idsDone,
        long failed) {

    static final String COLUMNS =
            "id, tenant, kind, filter, ids[ids_done + 1 : ids_done + $1] as ids, reason, created_at, states_left,"
                    + " place_at, place_id, ids_done, failed";

    /** Of a row that was selected with {@link #COLUMNS}, where {@code $1} is how many ids a page has. */
    static Action of(Row row) {
        String tenant = row.getString("tenant");
        String filter = row.getString("filter");
        UUID[] ids = row.getArrayOfUUIDs("ids");
        String[] states = row.getArrayOfStrings("states_left");
        UUID placeId = row.getUUID("place_id");
        return new Action(
                row.getUUID("id"),
                tenant,
                Kind.ofLabel(row.getString("kind")),
                filter == null ? null : Selector.stored(tenant, filter),
                ids == null ? List.of() : Arrays.stream(ids).map(JobId::new).toList(),
                row.getString("reason"),
                Values.instant(row, "created_at"),
                states == null
                        ? List.of()
                        : Arrays.stream(states).map(JobState::valueOf).toList(),
                placeId == null ? null : new PageCursor(Values.instant(row, "place_at"), new JobId(placeId)),
                row.getInteger("ids_done"),
                row.getLong("failed"));
    }
}
