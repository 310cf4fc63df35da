package dev.millrace.api.workflows.definitions;

import dev.millrace.api.workflows.record.Definition;
import dev.millrace.api.workflows.record.DefinitionRows;
import dev.millrace.api.workflows.record.NewDefinition;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;

/** Which worker declares which version of a workflow, as part of a transaction. */
final class CodeDefinitionRows {

    /** Two names with one number only wait for each other without need. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('workflow ' || $1, 0))";

    private static final String VERSION = """
            select version from api.flow_definition where tenant = '' and name = $1 and body_hash = $2 and deleted_at is null""";

    private static final String NEXT =
            "select coalesce(max(version), 0) + 1 from api.flow_definition where tenant = '' and name = $1";

    /** A worker that has left, or that was forgotten, declares nothing more. */
    private static final String OFFER = """
            insert into api.flow_offer (name, worker, version)
            select $1, w.id, $3 from api.worker w where w.id = $2 and not w.gone
            on conflict (name, worker) do update set version = excluded.version""";

    private static final String SUPERSEDE = """
            update api.flow_definition set superseded_at = case when version = $2 then null else coalesce(superseded_at, now()) end
            where tenant = '' and name = $1 and (superseded_at is null) <> (version = $2)""";

    private CodeDefinitionRows() {}

    /** Makes what the worker declares a version, unless it is one, and notes that the worker declares it. */
    static void offer(Tx tx, String worker, String name, NewDefinition definition) {
        tx.run(LOCK, name);
        int version = tx.first(
                        row -> row.getInteger("version"),
                        VERSION,
                        name,
                        Buffer.buffer(definition.body().bytes()))
                .orElseGet(() -> added(tx, name, definition));
        tx.run(OFFER, name, worker, version);
        tx.run(SUPERSEDE, name, version);
    }

    private static int added(Tx tx, String name, NewDefinition definition) {
        int version = (int) tx.number(NEXT, name);
        DefinitionRows.add(tx, Definition.OF_CODE, name, version, definition);
        return version;
    }
}
