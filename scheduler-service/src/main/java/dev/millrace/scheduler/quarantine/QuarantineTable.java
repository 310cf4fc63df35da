package dev.millrace.scheduler.quarantine;

import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.groups.Quarantine;
import dev.millrace.stream.groups.Unreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/** The table {@code scheduler.quarantine}. A row that is written again stands there once. */
public final class QuarantineTable implements Quarantine {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String KEEP = """
            insert into scheduler.quarantine (stream, entry, reason, bytes, at)
            select stream, entry, reason, bytes, $5
              from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as r(stream, entry, reason, bytes)
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
        Columns<QuarantineRow> columns = new Columns<>(unreadable.stream()
                .map(one -> QuarantineRow.of(stream, one.entry(), one.why()))
                .toList());
        kept.increment((double) db.transaction(LIMIT, tx -> write(tx, columns)));
    }

    private int write(Tx tx, Columns<QuarantineRow> columns) {
        return tx.run(
                        KEEP,
                        columns.texts(QuarantineRow::stream),
                        columns.texts(row -> row.entry().toString()),
                        columns.texts(QuarantineRow::reason),
                        columns.bytes(row -> Buffer.buffer(row.bytes())),
                        Values.time(clock.now(tx)))
                .rowCount();
    }
}
