package dev.millrace.api.base.quarantine;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.groups.Quarantine;
import dev.millrace.stream.groups.Unreadable;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The table {@code api.quarantine}. A row that is written again stands there once. */
@ApplicationScoped
public class QuarantineTable implements Quarantine {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String KEEP = """
            insert into api.quarantine (stream, entry, reason, bytes)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
            on conflict do nothing""";

    private final Db db;

    public QuarantineTable(Db db) {
        this.db = db;
    }

    /** Returns after the commit. */
    @Override
    public void keep(String stream, List<Unreadable> unreadable) {
        List<QuarantineRow> rows = unreadable.stream()
                .map(one -> QuarantineRow.of(stream, one.entry(), one.why()))
                .toList();
        db.transaction(LIMIT, tx -> {
            write(tx, rows);
            return rows;
        });
    }

    /** As part of a transaction of somebody else's. */
    public static void write(Tx tx, List<QuarantineRow> rows) {
        if (!rows.isEmpty()) {
            tx.run(
                    KEEP,
                    texts(rows, QuarantineRow::stream),
                    texts(rows, row -> row.entry().toString()),
                    texts(rows, QuarantineRow::reason),
                    rows.stream().map(row -> Buffer.buffer(row.bytes())).toArray(Buffer[]::new));
        }
    }

    private static String[] texts(List<QuarantineRow> rows, Function<QuarantineRow, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
