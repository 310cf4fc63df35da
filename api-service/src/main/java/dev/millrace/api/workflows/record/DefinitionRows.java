package dev.millrace.api.workflows.record;

import dev.millrace.api.record.job.BodyHash;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api.flow_definition}. A tenant sees what it has put, and what workers declare under names that it has not put
 * itself.
 */
public final class DefinitionRows {

    /**
     * Deletes up to {@code $3} versions that are not current for more than {@code $1} seconds and of which no workflow is there and no schedule starts one, the
     * oldest from the time {@code $2} on; returns since when they were not, as {@code at}. The newest version of a name stays as long as
     * the name may be put again, so that numbers are given once. A row that somebody else has locked is passed over.
     */
    public static final String DELETE_SUPERSEDED = """
            delete from api.flow_definition where ctid = any(array(
                select d.ctid from api.flow_definition d
                where d.superseded_at < now() - make_interval(secs => $1) and d.superseded_at >= $2
                    and not exists (select from api.workflow w
                        where w.definition = d.name and w.definition_version = d.version and (w.tenant = d.tenant or d.tenant = ''))
                    and not exists (select from api.flow_offer o where d.tenant = '' and o.name = d.name and o.version = d.version)
                    and not exists (select from api.schedule s
                        where s.removed_at is null and (s.tenant = d.tenant or d.tenant = '') and s.job like '{"workflow":%'
                            and s.job::jsonb #>> '{workflow,definition}' = d.name
                            and s.job::jsonb #>> '{workflow,version}' = d.version::text)
                    and exists (select from api.flow_definition later
                        where later.tenant = d.tenant and later.name = d.name and later.version > d.version)
                order by d.superseded_at limit $3 for update of d skip locked))
            returning superseded_at as at""";

    private static final String CURRENT =
            "case when d.tenant = '' then d.version = api.version_of_code(d.name) else d.superseded_at is null end";

    private static final String COLUMNS =
            "d.tenant, d.name, d.version, d.spec, s.body, d.description, d.input_schema, d.timeout_ms,"
                    + " d.priority, d.tags, d.created_at, %s as current".formatted(CURRENT);

    private static final String FROM =
            " from api.flow_definition d join api.flow_spec s on s.hash = d.spec where d.deleted_at is null";

    private static final String FIND = "select " + COLUMNS + FROM + """
             and d.tenant in ($1, '') and d.name = $2
                and case when $3::int is null then %s else d.version = $3 end
            order by d.tenant desc, d.version desc limit 1""".formatted(CURRENT);

    private static final String VERSIONS = "select " + COLUMNS + FROM + """
             and d.name = $2 and d.version < $3 and d.tenant = (
                select max(one.tenant) from api.flow_definition one
                where one.tenant in ($1, '') and one.name = $2 and one.deleted_at is null)
            order by d.version desc limit $4""";

    private static final String PAGE = "select distinct on (d.name) " + COLUMNS + FROM + """
             and %s and d.tenant in ($1, '') and d.name > $2
            order by d.name, d.tenant desc limit $3""".formatted(CURRENT);

    /** The newest version, also one that was deleted: numbers are given once. */
    private static final String NEWEST = """
            select version, body_hash, superseded_at is null as current from api.flow_definition
            where tenant = $1 and name = $2 order by version desc limit 1 for update""";

    private static final String SUPERSEDE = """
            update api.flow_definition set superseded_at = now() where tenant = $1 and name = $2 and superseded_at is null""";

    private static final String ADD = """
            insert into api.flow_definition
                (tenant, name, version, spec, body_hash, description, input_schema, timeout_ms, priority, tags)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, string_to_array($10::text, ','))
            on conflict do nothing""";

    private static final String DELETE = """
            update api.flow_definition set deleted_at = now(), superseded_at = coalesce(superseded_at, now())
            where tenant = $1 and name = $2 and deleted_at is null""";

    private DefinitionRows() {}

    /** The newest version of a definition. */
    public record Newest(int version, BodyHash body, boolean current) {}

    /**
     * The version of that number, or the current one.
     *
     * @param version null for the current one
     * @return empty if the tenant has none of this name, or no such version of it
     */
    public static Optional<Definition> find(Tx tx, String tenant, String name, @Nullable Integer version) {
        return tx.first(DefinitionRows::read, FIND, tenant, name, version);
    }

    /** The versions before that number, the newest first. */
    public static List<Definition> versions(Tx tx, String tenant, String name, int before, int atMost) {
        return tx.list(DefinitionRows::read, VERSIONS, tenant, name, before, atMost);
    }

    /** The current versions of the names behind one, in the order of names. */
    public static List<Definition> page(Tx tx, String tenant, String behind, int atMost) {
        return tx.list(DefinitionRows::read, PAGE, tenant, behind, atMost);
    }

    /** Locks it, so that one version follows the other. */
    public static Optional<Newest> newest(Tx tx, String tenant, String name) {
        return tx.first(
                row -> new Newest(
                        row.getInteger("version"),
                        BodyHash.of(row.getBuffer("body_hash").getBytes()),
                        row.getBoolean("current")),
                NEWEST,
                tenant,
                name);
    }

    /**
     * Makes a version the current one.
     *
     * @return false if somebody else has made a version of this number meanwhile; then nothing is to be committed
     */
    public static boolean add(Tx tx, String tenant, String name, int version, NewDefinition definition) {
        Duration timeout = definition.timeout();
        Integer priority = definition.priority();
        tx.run(SUPERSEDE, tenant, name);
        return tx.run(
                                ADD,
                                tenant,
                                name,
                                version,
                                Buffer.buffer(definition.spec().hash().bytes()),
                                Buffer.buffer(definition.body().bytes()),
                                definition.description(),
                                definition.inputSchema() == null
                                        ? null
                                        : definition.inputSchema().toString(),
                                timeout == null ? null : timeout.toMillis(),
                                priority == null ? null : priority.shortValue(),
                                String.join(",", definition.tags()))
                        .rowCount()
                == 1;
    }

    /** Has nothing start any more with any version of it; returns whether there was one. */
    public static boolean delete(Tx tx, String tenant, String name) {
        return tx.run(DELETE, tenant, name).rowCount() > 0;
    }

    private static Definition read(Row row) {
        Long timeout = row.getLong("timeout_ms");
        Short priority = row.getShort("priority");
        return new Definition(
                row.getString("tenant"),
                row.getString("name"),
                row.getInteger("version"),
                new Spec(BodyHash.of(row.getBuffer("spec").getBytes()), StoredJson.read(row.getString("body"))),
                row.getString("description"),
                StoredJson.readOrNull(row.getString("input_schema")),
                timeout == null ? null : Duration.ofMillis(timeout),
                priority == null ? null : priority.intValue(),
                List.of(row.getArrayOfStrings("tags")),
                Values.instant(row, "created_at"),
                row.getBoolean("current"));
    }
}
