package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.job.BodyHash;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The table {@code api.idempotency}. Rows are written in the order of their keys, so that writers do not deadlock. */
public final class IdempotencyKeys {

    /** How many parameters a claim has. */
    static final int PARAMETERS = 4;

    private static final String FIND = """
            select tenant, key, body_hash, reply from api.idempotency
            join unnest($1::text[], $2::text[]) as asked (tenant, key) using (tenant, key)
            where expires_at > now()""";

    private static final String CLAIM = claiming(1);

    private static final String CORRECT = "update api.idempotency set reply = $3 where tenant = $1 and key = $2";
    private static final String RELEASE = "delete from api.idempotency where tenant = $1 and key = $2";
    private static final String EXPIRE = """
            delete from api.idempotency where ctid = any(array(
                select ctid from api.idempotency where expires_at <= now()
                order by expires_at limit $1 for update skip locked))""";

    /** A caller's word for one call; unique in its tenant for 24 hours. */
    public record Key(String tenant, String text) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = tenant.compareTo(other.tenant);
            return order != 0 ? order : text.compareTo(other.text);
        }
    }

    /** A key that was used before. */
    public record StoredKey(BodyHash body, String reply) {}

    private IdempotencyKeys() {}

    /**
     * Claims keys that nobody has, and returns their tenants and texts; what {@link #values} makes are its parameters from that
     * number on. A row of another transaction that is not committed yet is waited for.
     */
    static String claiming(int first) {
        return """
            insert into api.idempotency (tenant, key, body_hash, reply)
            select tenant, key, body_hash, reply
            from unnest($%d::text[], $%d::text[], $%d::bytea[], $%d::text[]) as wanted (tenant, key, body_hash, reply)
            order by tenant, key
            on conflict (tenant, key) do update
            set body_hash = excluded.body_hash, reply = excluded.reply, expires_at = excluded.expires_at
            where idempotency.expires_at <= now()
            returning tenant, key""".formatted(first, first + 1, first + 2, first + 3);
    }

    static Stream<Object> values(Map<Key, StoredKey> wanted) {
        Columns<StoredKey> known = new Columns<>(wanted.values());
        return Stream.of(
                tenants(wanted.keySet()),
                texts(wanted.keySet()),
                known.bytes(one -> Buffer.buffer(one.body().bytes())),
                known.texts(StoredKey::reply));
    }

    /** Those of these that were used before. */
    public static Map<Key, StoredKey> find(Tx tx, Collection<Key> keys) {
        Map<Key, StoredKey> stored = new HashMap<>();
        tx.run(FIND, tenants(keys), texts(keys)).forEach(row -> stored.put(key(row), known(row)));
        return stored;
    }

    /** Returns the keys that are this transaction's now; the others were claimed by somebody meanwhile. */
    public static Set<Key> claim(Tx tx, Map<Key, StoredKey> wanted) {
        Set<Key> claimed = new HashSet<>();
        tx.run(CLAIM, values(wanted).toArray()).forEach(row -> claimed.add(key(row)));
        return claimed;
    }

    /** Keeps another reply with a key that was claimed. */
    public static void correct(Tx tx, Key key, String reply) {
        tx.run(CORRECT, key.tenant(), key.text(), reply);
    }

    static void release(Tx tx, Key key) {
        tx.run(RELEASE, key.tenant(), key.text());
    }

    /** Deletes up to {@code limit} keys whose time is over; returns how many. */
    static int expire(Tx tx, int limit) {
        return tx.run(EXPIRE, limit).rowCount();
    }

    private static Key key(Row row) {
        return new Key(row.getString("tenant"), row.getString("key"));
    }

    private static StoredKey known(Row row) {
        return new StoredKey(BodyHash.of(row.getBuffer("body_hash").getBytes()), row.getString("reply"));
    }

    private static String[] tenants(Collection<Key> keys) {
        return keys.stream().map(Key::tenant).toArray(String[]::new);
    }

    private static String[] texts(Collection<Key> keys) {
        return keys.stream().map(Key::text).toArray(String[]::new);
    }
}
