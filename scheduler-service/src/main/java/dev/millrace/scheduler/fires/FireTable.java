package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import java.time.Instant;
import java.util.List;

/** Fires within one transaction, many in one statement. */
final class FireTable {

    private static final String INSERT = """
            insert into scheduler.fire (tenant, schedule, generation, at, missed, job, overlap, send_at, sends)
            select tenant, schedule, generation, at, missed, job, overlap, $8, 1
              from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::boolean[], $6::text[], $7::text[])
                as r(tenant, schedule, generation, at, missed, job, overlap)
            on conflict do nothing""";

    /** Tells once of each fire what it came to, also if an answer comes twice in one batch. */
    private static final String ANSWER = """
            update scheduler.fire f set outcome = r.outcome, send_at = null
              from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[])
                as r(tenant, schedule, generation, at, outcome)
             where f.tenant = r.tenant and f.schedule = r.schedule and f.generation = r.generation and f.at = r.at
               and f.outcome is null
            returning f.outcome""";

    private static final String UNSENT = """
            select tenant, schedule, generation, at, missed, job, overlap, sends from scheduler.fire where send_at <= $1
             order by send_at limit $2 for update skip locked""";

    private static final String ANY_UNSENT = "select exists (select from scheduler.fire where send_at <= $1)";

    private static final String SENT = """
            update scheduler.fire f set send_at = r.send_at, sends = f.sends + 1
              from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::timestamptz[])
                as r(tenant, schedule, generation, at, send_at)
             where f.tenant = r.tenant and f.schedule = r.schedule and f.generation = r.generation and f.at = r.at""";

    private static final String SEND_NOW = "update scheduler.fire set send_at = $1 where send_at > $1";

    private FireTable() {}

    /** Those that are there already stay as they are. */
    static void insert(Tx tx, List<FireReport> fires, Instant now) {
        if (!fires.isEmpty()) {
            Columns<FireReport> columns = new Columns<>(fires);
            tx.run(
                    INSERT,
                    columns.texts(fire -> fire.key().tenant()),
                    columns.texts(fire -> fire.key().id()),
                    columns.longs(FireReport::generation),
                    columns.times(FireReport::at),
                    columns.booleans(FireReport::missed),
                    columns.texts(FireReport::job),
                    columns.texts(fire -> fire.overlap().label()),
                    Values.time(now.plus(UnansweredFire.FIRST_WAIT)));
        }
    }

    /** Returns the labels of the outcomes that were new. */
    static List<String> answer(Tx tx, List<FireAnswer> answers) {
        Columns<FireAnswer> columns = new Columns<>(answers);
        return tx.list(
                row -> row.getString(0),
                ANSWER,
                columns.texts(answer -> answer.key().tenant()),
                columns.texts(answer -> answer.key().id()),
                columns.longs(FireAnswer::generation),
                columns.times(FireAnswer::at),
                columns.texts(answer -> answer.outcome().label()));
    }

    /** Whether there are some, whoever sends them. */
    static boolean anyUnsent(Tx tx, Instant now) {
        return tx.run(ANY_UNSENT, Values.time(now)).iterator().next().getBoolean(0);
    }

    /** Nobody else sends them meanwhile. */
    static List<UnansweredFire> unsent(Tx tx, Instant now, int most) {
        return tx.list(UnansweredFire::of, UNSENT, Values.time(now), most);
    }

    /** They are sent now, and again if no answer comes. */
    static void sent(Tx tx, List<UnansweredFire> fires, Instant now) {
        if (!fires.isEmpty()) {
            Columns<UnansweredFire> columns = new Columns<>(fires);
            tx.run(
                    SENT,
                    columns.texts(fire -> fire.report().key().tenant()),
                    columns.texts(fire -> fire.report().key().id()),
                    columns.longs(fire -> fire.report().generation()),
                    columns.times(fire -> fire.report().at()),
                    columns.times(fire -> fire.sendAgainAt(now)));
        }
    }

    /** Lets all that is not answered be sent again at once. */
    static void sendAll(Tx tx, Instant now) {
        tx.run(SEND_NOW, Values.time(now));
    }
}
