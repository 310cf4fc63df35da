/**
 * What waits in memory between a request and the batch that carries it out. Nothing here outlives the process: what waits at a
 * crash is done again by whoever holds it durably.
 */
@NullMarked
package dev.millrace.api.base.batch;

import org.jspecify.annotations.NullMarked;
