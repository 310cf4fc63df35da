package dev.millrace.api.catalog.tasks;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.job.EntryId;

/**
 * An event with its place on the fleet stream.
 *
 * @param at given by Redis when the event was announced: a greater one is later
 */
public record FleetEntry(EntryId at, WorkerEvent event) {}
