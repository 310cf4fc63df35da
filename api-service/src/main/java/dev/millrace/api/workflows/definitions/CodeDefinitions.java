package dev.millrace.api.workflows.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.workers.DeclaredWorkflows;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.record.NewDefinition;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Keeps what workers declare as versions of definitions that all tenants see. A worker tells of each workflow every minute; what it has
 * told before costs nothing. A graph that is wrong is logged once and passed over. What was written survives any crash, and may be told
 * again by any worker, to any instance.
 */
@Singleton
class CodeDefinitions implements DeclaredWorkflows {

    private static final Logger LOG = Logger.getLogger(CodeDefinitions.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int REMEMBERED = 10_000;

    private final Db db;
    private final Specs specs;
    private final DefinitionRequest requests;

    /** What was written or refused already: of which worker and name which graph. */
    private final Map<Told, BodyHash> told = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Told, BodyHash> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Told(String worker, String name) {}

    CodeDefinitions(Db db, Specs specs, DefinitionRequest requests) {
        this.db = db;
        this.specs = specs;
        this.requests = requests;
    }

    @Override
    public void apply(Collection<FleetEntry> events) {
        events.forEach(entry -> {
            if (entry.event() instanceof WorkflowOffered offer) {
                apply(offer);
            }
        });
    }

    private void apply(WorkflowOffered offer) {
        Told key = new Told(offer.worker(), offer.name());
        BodyHash hash = BodyHash.of(TextNode.valueOf(offer.description() + offer.flow()));
        if (hash.equals(told.get(key))) {
            return;
        }
        switch (read(offer)) {
            case Checked.Accepted<NewDefinition>(NewDefinition definition) ->
                db.vetting(LIMIT, tx -> {
                    specs.add(tx, definition.spec());
                    CodeDefinitionRows.offer(tx, offer.worker(), offer.name(), definition);
                    return true;
                });
            case Checked.Refused<NewDefinition>(Problem problem) ->
                LOG.warnf(
                        "Worker %s declares the workflow '%s', whose graph cannot be used: %s It is passed over.",
                        offer.worker(),
                        offer.name(),
                        problem.errors().isEmpty()
                                ? problem.detail()
                                : problem.errors().getFirst());
        }
        told.put(key, hash);
    }

    private Checked<NewDefinition> read(WorkflowOffered offer) {
        return StrictJson.parse(offer.flow()).then(flow -> read(offer.description(), flow));
    }

    private Checked<NewDefinition> read(String description, JsonNode flow) {
        if (!(flow instanceof ObjectNode object)) {
            return new Checked.Refused<>(Problem.of(ProblemType.INVALID, "It is no object."));
        }
        try {
            return requests.declared(description, object);
        } catch (ProblemException refused) {
            return new Checked.Refused<>(refused.problem());
        }
    }
}
