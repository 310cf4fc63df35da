package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.record.query.PageCursor;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the groups of open dead letters. */
@Singleton
public class Groups {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /**
     * Steps from group to group along their index, to the latest letter of each, in 10,000 steps at most; what a page shows of its
     * groups is then looked up for these alone. A fingerprint says task and type of error, so that the latest letter tells
     * whether its group passes.
     */
    private static final String PAGE = """
            with recursive latest as (
                (select fingerprint, failed_at, id from api.dead_letter where tenant = $1 and open
                order by fingerprint, failed_at desc, id desc limit 1)
                union all
                select next.fingerprint, next.failed_at, next.id from latest cross join lateral (
                    select d.fingerprint, d.failed_at, d.id from api.dead_letter d
                    where d.tenant = $1 and d.open and d.fingerprint > latest.fingerprint
                    order by d.fingerprint, d.failed_at desc, d.id desc limit 1) next
            ), page as (
                select d.fingerprint, d.failed_at, d.id, d.task, d.error_type, d.error_message, d.error_stack
                from (select fingerprint, failed_at, id from latest limit 10000) l join api.dead_letter d on d.id = l.id
                where (d.failed_at, d.id) < ($4, $5)
                    and ($2::text is null or d.task = $2) and ($3::text is null or d.error_type = $3)
                order by d.failed_at desc, d.id desc limit $6)
            select page.*, api.own_frame(page.error_stack) as frame, own.count, own.first_seen
            from page cross join lateral (
                select count(*) as count, min(failed_at) as first_seen from api.dead_letter d
                where d.tenant = $1 and d.open and d.fingerprint = page.fingerprint) own
            order by page.failed_at desc, page.id desc""";

    private static final String TOTAL = """
            select count(*) from api.dead_letter
            where tenant = $1 and open and ($2::text is null or task = $2) and ($3::text is null or error_type = $3)""";

    private final Db db;

    public Groups(Db db) {
        this.db = db;
    }

    /** A page, the group whose latest letter failed last first. */
    GroupList page(
            String tenant,
            @Nullable String task,
            @Nullable String errorType,
            @Nullable PageCursor cursor,
            int limit,
            Redaction redaction) {
        PageCursor behind = cursor == null ? DeadLetters.NEWEST : cursor;
        return db.session(LIMIT, tx -> {
            List<Group> groups = groups(tx, tenant, task, errorType, behind, limit + 1, redaction);
            return GroupList.cut(groups, limit, tx.number(TOTAL, tenant, task, errorType));
        });
    }

    private static List<Group> groups(
            Tx tx,
            String tenant,
            @Nullable String task,
            @Nullable String errorType,
            PageCursor behind,
            int most,
            Redaction redaction) {
        return tx.list(
                row -> Group.of(row, redaction),
                PAGE,
                tenant,
                task,
                errorType,
                behind.createdAt().atOffset(ZoneOffset.UTC),
                behind.id().uuid(),
                most);
    }
}
