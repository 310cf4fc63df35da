package dev.millrace.api.outbox.reconcile;

import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;

/**
 * What PostgreSQL knows of a shard of Redis.
 *
 * @param epoch the latest that Redis was opened with, or is about to be
 * @param complete every live job was put back since
 * @param due whether live jobs are to be looked for in Redis, by whoever finds it {@linkplain #liveCheckIsDue first}
 */
record Shard(int epoch, boolean complete, boolean due) {

    private static final Shard NEVER_SEEN = new Shard(0, false, false);

    private static final String FIND = """
            select epoch, complete, complete and checked_at < now() - interval '10 minutes' as due
            from api.shard where name = $1""";
    private static final String RAISE = """
            insert into api.shard (name, epoch) values ($1, $2)
            on conflict (name) do update set epoch = $2, complete = false""";
    private static final String COMPLETE =
            "update api.shard set complete = true, checked_at = now() where name = $1 and epoch = $2";
    private static final String CHECK = """
            update api.shard set checked_at = now()
            where name = $1 and complete and checked_at < now() - interval '10 minutes'""";

    static Shard find(Tx tx, String name) {
        Shard found = NEVER_SEEN;
        for (Row row : tx.run(FIND, name)) {
            found = new Shard(row.getInteger("epoch"), row.getBoolean("complete"), row.getBoolean("due"));
        }
        return found;
    }

    /** From now on the shard is incomplete, whoever asks. */
    static void raise(Tx tx, String name, int epoch) {
        tx.run(RAISE, name, epoch);
    }

    static void completed(Tx tx, String name, int epoch) {
        tx.run(COMPLETE, name, epoch);
    }

    /** True for one caller in 10 minutes. */
    static boolean liveCheckIsDue(Tx tx, String name) {
        return tx.run(CHECK, name).rowCount() > 0;
    }
}
