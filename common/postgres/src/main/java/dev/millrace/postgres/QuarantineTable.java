package dev.millrace.postgres;

import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.groups.Quarantine;
import dev.millrace.stream.groups.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/** The table {@code quarantine} of a schema. A row that is written again stands there once. */
public final class QuarantineTable implements Quarantine {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final String keep;
    private final IntConsumer kept;

    /** The table of a schema, whose rows nobody counts. */
    public QuarantineTable(Db db, String schema) {
        this(db, schema, rows -> {});
    }

    /**
     * The table of a schema.
     *
     * @param kept receives how many rows {@link #keep} has added, after its commit
     */
    public QuarantineTable(Db db, String schema, IntConsumer kept) {
        this.db = db;
        this.kept = kept;
        this.keep = """
                insert into %s.quarantine (stream, entry, reason, bytes, at)
                select *, now() from unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
                on conflict do nothing""".formatted(schema);
    }

    /** Returns after the commit. */
    @Override
    public void keep(String stream, List<Unreadable> unreadable) {
        List<QuarantineRow> rows = unreadable.stream()
                .map(one -> QuarantineRow.of(stream, one.entry(), one.why()))
                .toList();
        kept.accept(db.transaction(LIMIT, tx -> write(tx, rows)));
    }

    /** Writes rows as part of a transaction of somebody else's. Returns how many were not there before. */
    public int write(Tx tx, List<QuarantineRow> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        Columns<QuarantineRow> columns = new Columns<>(rows);
        return tx.run(
                        keep,
                        columns.texts(QuarantineRow::stream),
                        columns.texts(row -> row.entry().toString()),
                        columns.texts(QuarantineRow::reason),
                        columns.bytes(row -> Buffer.buffer(row.bytes())))
                .rowCount();
    }
}
