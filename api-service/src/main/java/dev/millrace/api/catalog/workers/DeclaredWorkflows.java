package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.tasks.FleetEntry;
import java.util.Collection;

/** Keeps the workflows that workers declare. */
@FunctionalInterface
public interface DeclaredWorkflows {

    /**
     * Brings what these events say of workflows into the record; others it passes over. The workers of them are on record. The same events
     * may be applied again.
     *
     * @throws dev.millrace.postgres.DatabaseUnavailable if PostgreSQL could not be asked
     */
    void apply(Collection<FleetEntry> events);
}
