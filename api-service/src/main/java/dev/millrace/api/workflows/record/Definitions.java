package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the graphs that have a name. */
@Singleton
public class Definitions implements ChildGraphs {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final Specs specs;

    Definitions(Db db, Specs specs) {
        this.db = db;
        this.specs = specs;
    }

    /** A definition, and its graph. */
    public record Defined(Definition definition, Graph graph) {}

    /** As {@link #lookup(Tx, String, String, Integer)}, in a session of its own. */
    public Optional<Defined> lookup(String tenant, String name, @Nullable Integer version) {
        return db.session(LIMIT, tx -> lookup(tx, tenant, name, version));
    }

    /**
     * What a workflow of the tenant that names a definition is to run.
     *
     * @param version null for the current one
     * @return empty if there is none of this name, or no such version of it, or if it was deleted
     */
    public Optional<Defined> lookup(Tx tx, String tenant, String name, @Nullable Integer version) {
        return DefinitionRows.find(tx, tenant, name, version).map(found -> new Defined(found, graph(tx, found)));
    }

    @Override
    public Optional<Known> find(Tx tx, String tenant, String name, @Nullable Integer version) {
        return lookup(tx, tenant, name, version).map(Definitions::known);
    }

    private static Known known(Defined found) {
        Definition definition = found.definition();
        return new Known(
                definition.name(),
                definition.version(),
                definition.spec(),
                found.graph(),
                definition.timeout(),
                definition.priority(),
                definition.tags());
    }

    private Graph graph(Tx tx, Definition definition) {
        return Objects.requireNonNull(
                specs.graphs(tx, Set.of(definition.spec().hash()))
                        .get(definition.spec().hash()),
                "A definition has its graph.");
    }
}
