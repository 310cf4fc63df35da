package dev.millrace.fleet;

import dev.millrace.job.EntryId;

/**
 * A piece of news with its place on the fleet stream.
 *
 * @param at given by Redis when the news were announced: what is greater was said later
 */
public record FleetEntry(EntryId at, WorkerEvent news) {}
