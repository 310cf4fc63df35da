package dev.millrace.postgres;

import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;

/**
 * What each session is told when it is opened, so that nobody has to configure a server of theirs for it. What a
 * {@code DATABASE_URL} says of the same settings stands.
 */
public final class Sessions {

    /** Our longest statement has about 4,000 characters; the client's own limit of 2,048 would have it planned at every use. */
    private static final int LONGEST_KEPT_STATEMENT = 1 << 15;

    /** Reading a page by an index costs little more than reading the next one, on any disk of today or from memory. */
    private static final Map<String, String> ALL = Map.of("random_page_cost", "1.1", "jit", "off");

    /**
     * A plan is made once for a connection, perhaps while a table was nearly empty, and kept: so it must be one that is right
     * at any size. To plan anew at each use costs more than these statements do.
     */
    private static final Map<String, String> BY_KEY = Map.of(
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off");

    private Sessions() {}

    /** For all that is asked: statements are prepared once for each connection, and indexes are chosen where there are some. */
    public static PgConnectOptions any(PgConnectOptions options) {
        return with(ALL, options);
    }

    /**
     * For statements that find all rows by their keys: as {@link #any}, with one plan for all parameters that goes by indexes
     * however small a table was. It would not be good for any other statement.
     */
    public static PgConnectOptions byKey(PgConnectOptions options) {
        return with(BY_KEY, any(options));
    }

    private static PgConnectOptions with(Map<String, String> settings, PgConnectOptions options) {
        PgConnectOptions told = new PgConnectOptions(options);
        settings.forEach((name, value) -> {
            if (!told.getProperties().containsKey(name)) {
                told.addProperty(name, value);
            }
        });
        told.setCachePreparedStatements(true);
        told.setPreparedStatementCacheSqlLimit(LONGEST_KEPT_STATEMENT);
        return told;
    }
}
