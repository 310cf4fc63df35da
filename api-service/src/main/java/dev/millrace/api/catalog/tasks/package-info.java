/**
 * Which tasks and queues there are, announced by the workers and kept in PostgreSQL, and what a payload must look like.
 *
 * <p>{@link dev.millrace.api.catalog.tasks.TaskCatalog} answers from memory, so that submitting never waits for it. Every api
 * instance may apply events; the others see them within a second. A task stays known when its last worker has gone.
 */
@NullMarked
package dev.millrace.api.catalog.tasks;

import org.jspecify.annotations.NullMarked;
