package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import java.util.Optional;

/** Decides ticks that are to start workflows. */
interface Starting {

    /**
     * What became of a tick.
     *
     * @param line empty if that was decided before
     */
    record Decided(Outcome outcome, Optional<FireLine> line) {}

    /**
     * Decides a tick, and starts what it is to start.
     *
     * @throws dev.millrace.postgres.DatabaseUnavailable if PostgreSQL could not be asked; it is to be decided again
     */
    Decided decide(FireReport report, JsonNode workflow);
}
