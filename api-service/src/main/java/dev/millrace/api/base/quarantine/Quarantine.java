package dev.millrace.api.base.quarantine;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Writes entries that nobody can read. The same entry may be written again: it stands there once. */
@ApplicationScoped
public class Quarantine {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String KEEP = """
            insert into api.quarantine (stream, entry, reason, bytes)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
            on conflict do nothing""";

    private final Db db;

    public Quarantine(Db db) {
        this.db = db;
    }

    /** Returns after the commit. */
    public void keep(List<Unreadable> unreadable) {
        if (!unreadable.isEmpty()) {
            db.transaction(LIMIT, tx -> {
                keep(tx, unreadable);
                return unreadable.size();
            });
        }
    }

    /** As part of a transaction of somebody else's. */
    public static void keep(Tx tx, List<Unreadable> unreadable) {
        if (!unreadable.isEmpty()) {
            tx.run(
                    KEEP,
                    texts(unreadable, Unreadable::stream),
                    texts(unreadable, one -> one.entry().toString()),
                    texts(unreadable, Unreadable::reason),
                    unreadable.stream().map(one -> Buffer.buffer(one.bytes())).toArray(Buffer[]::new));
        }
    }

    private static String[] texts(List<Unreadable> unreadable, Function<Unreadable, String> column) {
        return unreadable.stream().map(column).toArray(String[]::new);
    }
}
