package dev.millrace.api.jobs.submit;

import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table {@code api.idempotency}. Rows are written in the order of their keys, so that writers do not deadlock. */
final class KeyRows {

    private static final String FIND = """
            select tenant, key, body_hash, reply from api.idempotency
            join unnest($1::text[], $2::text[]) as asked (tenant, key) using (tenant, key)
            where expires_at > now()""";

    /** A row of another transaction that is not committed yet is waited for. */
    private static final String CLAIM = """
            insert into api.idempotency (tenant, key, body_hash, reply)
            select tenant, key, body_hash, reply
            from unnest($1::text[], $2::text[], $3::bytea[], $4::text[]) as claimed (tenant, key, body_hash, reply)
            order by tenant, key
            on conflict (tenant, key) do update
            set body_hash = excluded.body_hash, reply = excluded.reply, expires_at = excluded.expires_at
            where idempotency.expires_at <= now()
            returning tenant, key""";

    private static final String CORRECT = "update api.idempotency set reply = $3 where tenant = $1 and key = $2";
    private static final String RELEASE = "delete from api.idempotency where tenant = $1 and key = $2";
    private static final String EXPIRE = """
            delete from api.idempotency where ctid = any(array(
                select ctid from api.idempotency where expires_at <= now()
                order by expires_at limit $1 for update skip locked))""";

    /** A key that was used before. */
    record Known(BodyHash body, String reply) {}

    private KeyRows() {}

    static Map<IdempotencyKey, Known> find(Tx tx, Collection<IdempotencyKey> keys) {
        Map<IdempotencyKey, Known> known = new HashMap<>();
        tx.run(FIND, tenants(keys), texts(keys)).forEach(row -> known.put(key(row), known(row)));
        return known;
    }

    /** Returns the keys that are this transaction's now; the others were claimed by somebody meanwhile. */
    static Set<IdempotencyKey> claim(Tx tx, Map<IdempotencyKey, Known> wanted) {
        Set<IdempotencyKey> claimed = new HashSet<>();
        List<Known> values = List.copyOf(wanted.values());
        Buffer[] hashes = values.stream()
                .map(known -> Buffer.buffer(known.body().bytes()))
                .toArray(Buffer[]::new);
        String[] replies = values.stream().map(Known::reply).toArray(String[]::new);
        tx.run(CLAIM, tenants(wanted.keySet()), texts(wanted.keySet()), hashes, replies)
                .forEach(row -> claimed.add(key(row)));
        return claimed;
    }

    static void correct(Tx tx, IdempotencyKey key, String reply) {
        tx.run(CORRECT, key.tenant(), key.text(), reply);
    }

    static void release(Tx tx, IdempotencyKey key) {
        tx.run(RELEASE, key.tenant(), key.text());
    }

    /** Deletes up to {@code limit} keys whose time is over; returns how many. */
    static int expire(Tx tx, int limit) {
        return tx.run(EXPIRE, limit).rowCount();
    }

    private static IdempotencyKey key(Row row) {
        return new IdempotencyKey(row.getString("tenant"), row.getString("key"));
    }

    private static Known known(Row row) {
        return new Known(BodyHash.of(row.getBuffer("body_hash").getBytes()), row.getString("reply"));
    }

    private static String[] tenants(Collection<IdempotencyKey> keys) {
        return keys.stream().map(IdempotencyKey::tenant).toArray(String[]::new);
    }

    private static String[] texts(Collection<IdempotencyKey> keys) {
        return keys.stream().map(IdempotencyKey::text).toArray(String[]::new);
    }
}
