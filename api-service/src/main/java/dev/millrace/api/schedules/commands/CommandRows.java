package dev.millrace.api.schedules.commands;

import dev.millrace.postgres.Tx;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The table {@code api.schedule_command}. */
public final class CommandRows {

    /** Sent at once, unless an earlier one of the same schedule is not answered yet. */
    private static final String ADD = """
            insert into api.schedule_command (id, tenant, schedule, entry, sends, send_at)
            select $1, $2, $3, $4::text[], case when waits then 0 else 1 end,
                case when waits then now() else now() + interval '5 seconds' end
            from (select exists (
                select from api.schedule_command where tenant = $2 and schedule = $3 and answer is null)) as earlier (waits)
            returning sends""";

    private static final String DUE = """
            with due as (
                select id from api.schedule_command command
                where answer is null and send_at <= now() and not exists (
                    select from api.schedule_command earlier
                    where earlier.tenant = command.tenant and earlier.schedule = command.schedule
                        and earlier.answer is null and earlier.position < command.position)
                order by send_at limit $1 for update skip locked)
            update api.schedule_command command
            set sends = sends + 1, send_at = now() + least(60, 5 * 2 ^ least(sends, 4)) * interval '1 second'
            from due where command.id = due.id returning entry""";

    private static final String ANSWER = """
            update api.schedule_command command set answer = answered.answer, send_at = null
            from unnest($1::uuid[], $2::text[]) as answered (id, answer)
            where command.id = answered.id and command.answer is null""";

    private static final String FIND = "select answer from api.schedule_command where id = $1 and answer is not null";

    private static final String OPEN =
            "select exists (select from api.schedule_command where tenant = $1 and schedule = $2 and answer is null)";

    private static final String FORGET = """
            delete from api.schedule_command where id in (
                select id from api.schedule_command
                where asked_at < now() - interval '1 day' and answer is not null order by asked_at limit $1)""";

    private static final String COUNT = "select count(*) from api.schedule_command where answer is null";

    private CommandRows() {}

    /** Returns whether it is to be sent now; else it is sent once those before it are answered. */
    static boolean add(Tx tx, ScheduleCommand command) {
        String[] entry = ScheduleCodec.encode(command).toArray(String[]::new);
        ScheduleKey key = command.key();
        return tx.run(ADD, command.id(), key.tenant(), key.id(), entry)
                        .iterator()
                        .next()
                        .getInteger(0)
                == 1;
    }

    /** Entries that are to be sent again, or are due at last, as {@code XADD} takes them. */
    static List<List<String>> due(Tx tx, int limit) {
        List<List<String>> due = new ArrayList<>();
        tx.run(DUE, limit).forEach(row -> due.add(List.of(row.getArrayOfStrings(0))));
        return due;
    }

    /** The first answer to a command stays. */
    public static void answer(Tx tx, Map<UUID, Answer> answers) {
        if (!answers.isEmpty()) {
            SortedMap<UUID, Answer> inOrder = new TreeMap<>(answers);
            tx.run(
                    ANSWER,
                    inOrder.keySet().toArray(UUID[]::new),
                    inOrder.values().stream().map(Answer::label).toArray(String[]::new));
        }
    }

    static Optional<Answer> find(Tx tx, UUID id) {
        for (Row row : tx.run(FIND, id)) {
            return Optional.of(Answer.ofLabel(row.getString(0)));
        }
        return Optional.empty();
    }

    /** Whether a command of this schedule is not answered. */
    static boolean isOpen(Tx tx, ScheduleKey key) {
        return tx.run(OPEN, key.tenant(), key.id()).iterator().next().getBoolean(0);
    }

    static int forget(Tx tx, int limit) {
        return tx.run(FORGET, limit).rowCount();
    }

    static long count(Tx tx) {
        return tx.run(COUNT).iterator().next().getLong(0);
    }
}
