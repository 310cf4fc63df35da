package dev.millrace.api.service.retention;

import dev.millrace.api.record.job.EndRows;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.workflows.record.DefinitionRows;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What is deleted once it is old, in this order. Attempts and dead letters go with their job. A row that somebody else has
 * locked is passed over; one that was continued meanwhile is not old any more.
 */
enum Outdated {
    IGNORED_JOBS(EndRows.DELETE_IGNORED) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ignored();
        }
    },

    SUCCEEDED_JOBS(EndRows.deleteOld(JobState.SUCCEEDED)) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ended(JobState.SUCCEEDED);
        }
    },

    FAILED_JOBS(EndRows.deleteOld(JobState.FAILED)) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ended(JobState.FAILED);
        }
    },

    TIMED_OUT_JOBS(EndRows.deleteOld(JobState.TIMED_OUT)) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ended(JobState.TIMED_OUT);
        }
    },

    CANCELLED_JOBS(EndRows.deleteOld(JobState.CANCELLED)) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ended(JobState.CANCELLED);
        }
    },

    EXPIRED_JOBS(EndRows.deleteOld(JobState.EXPIRED)) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.ended(JobState.EXPIRED);
        }
    },

    DEAD_LETTERS(EndRows.DELETE_DEAD) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.deadLetters();
        }
    },

    WORKFLOW_MEMBERS(EndRows.DELETE_MEMBERS) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.workflows();
        }
    },

    /** Those inside others go first, so that what is left of a tree is found by its root. */
    INNER_WORKFLOWS(MemberRows.DELETE_INNER_WORKFLOWS) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.workflows();
        }
    },

    /** Those without a member left; their nodes and signals go with them. */
    WORKFLOWS(MemberRows.DELETE_WORKFLOWS) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.workflows();
        }
    },

    DEFINITIONS(DefinitionRows.DELETE_SUPERSEDED) {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.definitions();
        }
    },

    FIRES("""
            delete from api.schedule_fire where ctid = any(array(
                select f.ctid from api.schedule_fire f
                where f.noted_at < now() - make_interval(secs => $1) and f.noted_at >= $2
                order by f.noted_at limit $3 for update skip locked))
            returning noted_at as at""") {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.fires();
        }
    },

    /** Until then, what is told late does not bring them back. */
    REMOVED_SCHEDULES("""
            delete from api.schedule where ctid = any(array(
                select s.ctid from api.schedule s
                where s.removed_at < now() - make_interval(secs => $1) and s.removed_at >= $2
                order by s.removed_at limit $3 for update skip locked))
            returning removed_at as at""") {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.fires();
        }
    },

    BULK_ACTIONS("""
            delete from api.bulk_action where ctid = any(array(
                select b.ctid from api.bulk_action b
                where b.finished_at < now() - make_interval(secs => $1) and b.finished_at >= $2
                order by b.finished_at limit $3 for update skip locked))
            returning finished_at as at""") {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.bulkActions();
        }
    },

    QUARANTINE("""
            delete from api.quarantine where ctid = any(array(
                select q.ctid from api.quarantine q where q.at < now() - make_interval(secs => $1) and q.at >= $2
                order by q.at limit $3 for update skip locked))
            returning at""") {
        @Override
        Duration keptFor(RetentionSettings settings) {
            return settings.quarantine();
        }
    };

    private final String sql;

    /** The statement is given the age in seconds, the time from which on to look, and how many rows to delete at most. */
    Outdated(String sql) {
        this.sql = sql;
    }

    /**
     * What one statement deleted.
     *
     * @param upTo the time of the last of them, before which there are none left to be looked at
     */
    record Deleted(int rows, Instant upTo) {}

    abstract Duration keptFor(RetentionSettings settings);

    /** As in meters. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Deletes the oldest from a time on. */
    Deleted delete(Tx tx, Duration kept, Instant from, int atMost) {
        Instant upTo = from;
        int rows = 0;
        for (Row row : tx.run(sql, (double) kept.toSeconds(), from.atOffset(ZoneOffset.UTC), atMost)) {
            OffsetDateTime at = row.getOffsetDateTime("at");
            upTo = at.toInstant().isAfter(upTo) ? at.toInstant() : upTo;
            rows++;
        }
        return new Deleted(rows, upTo);
    }
}
