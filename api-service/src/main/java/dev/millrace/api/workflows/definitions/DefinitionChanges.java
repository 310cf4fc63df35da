package dev.millrace.api.workflows.definitions;

import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.record.Definition;
import dev.millrace.api.workflows.record.DefinitionRows;
import dev.millrace.api.workflows.record.DefinitionRows.Newest;
import dev.millrace.api.workflows.record.NewDefinition;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Puts and deletes definitions of tenants. Each is one commit; of two at the same time one follows the other. */
@Singleton
class DefinitionChanges {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

    private final Db db;
    private final Specs specs;

    DefinitionChanges(Db db, Specs specs) {
        this.db = db;
        this.specs = specs;
    }

    /**
     * What became of what was put.
     *
     * @param made whether it is a new version; false if the current one was equal
     */
    record Put(Definition definition, boolean made) {}

    /** Somebody else has made the same version first. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Overtaken() {
            super("Another version was made meanwhile.", null, false, false);
        }
    }

    /**
     * Makes what is put the current version, unless it is.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 409 if the name is declared by workers, 412 if the current version is not one
     *     on which the caller insists
     */
    Put put(String tenant, String name, NewDefinition definition, IfMatch insists) {
        for (int attempt = 1; ; attempt++) {
            try {
                return db.transaction(LIMIT, tx -> put(tx, tenant, name, definition, insists));
            } catch (Overtaken overtaken) {
                if (attempt == ATTEMPTS) {
                    throw Problem.of(ProblemType.CONFLICT, "Others put this definition at the same time.")
                            .exception();
                }
            }
        }
    }

    private Put put(Tx tx, String tenant, String name, NewDefinition definition, IfMatch insists) {
        Optional<Newest> newest = DefinitionRows.newest(tx, tenant, name);
        Optional<Newest> current = newest.filter(Newest::current);
        if (current.isEmpty()) {
            refuseOfCode(tx, tenant, name);
        }
        current.ifPresentOrElse(one -> insists.require(one.version()), insists::requireNothing);
        boolean made =
                current.filter(one -> one.body().equals(definition.body())).isEmpty();
        if (made) {
            specs.add(tx, definition.spec());
            if (!DefinitionRows.add(
                    tx, tenant, name, newest.map(Newest::version).orElse(0) + 1, definition)) {
                throw new Overtaken();
            }
        }
        return new Put(DefinitionRows.find(tx, tenant, name, null).orElseThrow(), made);
    }

    /**
     * Has nothing start with it any more; what runs goes on.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has none, 409 if it is declared by workers, 412 as {@link #put}
     */
    void delete(String tenant, String name, IfMatch insists) {
        db.transaction(LIMIT, tx -> {
            Optional<Newest> current = DefinitionRows.newest(tx, tenant, name).filter(Newest::current);
            if (current.isEmpty()) {
                refuseOfCode(tx, tenant, name);
                throw DefinitionsResource.unknown();
            }
            insists.require(current.get().version());
            return DefinitionRows.delete(tx, tenant, name);
        });
    }

    private static void refuseOfCode(Tx tx, String tenant, String name) {
        if (DefinitionRows.find(tx, tenant, name, null)
                .filter(Definition::isOfCode)
                .isPresent()) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "Workers declare the workflow of this name: change it there, or choose another name.")
                    .exception();
        }
    }
}
