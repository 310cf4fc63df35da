package dev.millrace.api.base.database;

import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Tells PostgreSQL how large its tables have become. By itself it looks once a minute, in which a table that was empty may have
 * taken a hundred thousand rows; meanwhile plans that were made for an empty one read all of it for each row. A look that
 * finds a table twice as large as it was known to be has its statistics taken, whereupon all sessions plan anew.
 */
@Singleton
public class YoungTables {

    /** How often it is to be done. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Below 16 pages of 8 KiB it does not matter how a table is read. */
    private static final String GROWN = """
            select quote_ident(nspname) || '.' || quote_ident(relname) as name
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where nspname = 'api' and relkind = 'r'
                and pg_relation_size(c.oid) / current_setting('block_size')::int > 2 * greatest(relpages, 8)""";

    private final Db db;

    public YoungTables(Db db) {
        this.db = db;
    }

    /** Has the statistics taken of those that have grown. Another instance that is at it is left to it. */
    public void lookOnce() {
        db.session(LIMIT, tx -> {
            List<String> grown = tx.list(row -> row.getString("name"), GROWN);
            grown.forEach(table -> tx.run("analyze (skip_locked) " + table));
            return grown.size();
        });
    }
}
