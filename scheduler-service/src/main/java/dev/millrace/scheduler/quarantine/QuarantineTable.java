package dev.millrace.scheduler.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.groups.Quarantine;
import dev.millrace.stream.groups.Unreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The table {@code scheduler.quarantine}. A row that is written again stands there once. */
public final class QuarantineTable implements Quarantine {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String KEEP = """
            insert into scheduler.quarantine (stream, entry, reason, bytes, at)
            select stream, entry, reason, decode(bytes, 'base64'), $1
              from json_to_recordset(cast($2 as json)) as r(stream text, entry text, reason text, bytes text)
            on conflict do nothing""";

    private final Db db;
    private final DatabaseClock clock;
    private final Counter kept;

    public QuarantineTable(Db db, DatabaseClock clock, MeterRegistry meters) {
        this.db = db;
        this.clock = clock;
        this.kept = meters.counter("millrace_schedule_quarantined");
    }

    /** Returns after the commit. */
    @Override
    public void keep(String stream, List<Unreadable> unreadable) {
        String rows = rows(stream, unreadable);
        kept.increment((double) db.transaction(
                LIMIT, tx -> tx.run(KEEP, Values.time(clock.now(tx)), rows).rowCount()));
    }

    private static String rows(String stream, List<Unreadable> unreadable) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        unreadable.forEach(one -> add(rows, QuarantineRow.of(stream, one.entry(), one.why())));
        return rows.toString();
    }

    private static void add(ArrayNode rows, QuarantineRow row) {
        rows.addObject()
                .put("stream", row.stream())
                .put("entry", row.entry().toString())
                .put("reason", row.reason())
                .put("bytes", Base64.getEncoder().encodeToString(row.bytes().getBytes(UTF_8)));
    }
}
