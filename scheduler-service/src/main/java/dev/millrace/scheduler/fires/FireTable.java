package dev.millrace.scheduler.fires;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.scheduler.db.Tx;
import java.time.Instant;
import java.util.List;

/** Fires within one transaction, many in one statement: rows travel as one JSON text. */
final class FireTable {

    private static final String INSERT = """
            insert into scheduler.fire (tenant, schedule, generation, at, missed, job, overlap, send_at, sends)
            select tenant, schedule, generation, at, missed, job, overlap, cast(?2 as timestamptz), 1
              from json_to_recordset(cast(cast(?1 as text) as json))
                as r(tenant text, schedule text, generation bigint, at timestamptz, missed boolean, job text, overlap text)
            on conflict do nothing""";

    /** Tells once of each fire what it came to, also if an answer comes twice in one batch. */
    private static final String ANSWER = """
            with answered as (
                update scheduler.fire f set outcome = r.outcome, send_at = null
                  from json_to_recordset(cast(cast(?1 as text) as json))
                    as r(tenant text, schedule text, generation bigint, at timestamptz, outcome text)
                 where f.tenant = r.tenant and f.schedule = r.schedule and f.generation = r.generation and f.at = r.at
                   and f.outcome is null
                returning f.outcome)
            select outcome from answered""";

    private static final String UNSENT = """
            select * from scheduler.fire where send_at <= cast(?1 as timestamptz)
             order by send_at limit ?2 for update skip locked""";

    private static final String SEND_NOW =
            "update scheduler.fire set send_at = cast(?1 as timestamptz) where send_at > cast(?1 as timestamptz)";

    private FireTable() {}

    /** Those that are there already stay as they are. */
    static void insert(Tx tx, List<FireReport> fires, Instant now) {
        if (!fires.isEmpty()) {
            tx.run(INSERT, rows(fires), now.plus(FireRow.FIRST_WAIT));
        }
    }

    /** Returns the labels of the outcomes that were new. */
    static List<String> answer(Tx tx, List<FireAnswer> answers) {
        return answers.isEmpty() ? List.of() : tx.select(String.class, ANSWER, answered(answers));
    }

    /** Nobody else sends them meanwhile. */
    static List<FireRow> unsent(Tx tx, Instant now, int most) {
        return tx.select(FireRow.class, UNSENT, now, most);
    }

    /** Lets all that is not answered be sent again at once. */
    static void sendAll(Tx tx, Instant now) {
        tx.run(SEND_NOW, now);
    }

    private static String rows(List<FireReport> fires) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        fires.forEach(fire -> row(rows, fire.key(), fire.generation(), fire.at())
                .put("missed", fire.missed())
                .put("job", fire.job())
                .put("overlap", fire.overlap().label()));
        return rows.toString();
    }

    private static String answered(List<FireAnswer> answers) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        answers.forEach(answer -> row(rows, answer.key(), answer.generation(), answer.at())
                .put("outcome", answer.outcome().label()));
        return rows.toString();
    }

    private static ObjectNode row(ArrayNode rows, ScheduleKey key, long generation, Instant at) {
        return rows.addObject()
                .put("tenant", key.tenant())
                .put("schedule", key.id())
                .put("generation", generation)
                .put("at", at.toString());
    }
}
