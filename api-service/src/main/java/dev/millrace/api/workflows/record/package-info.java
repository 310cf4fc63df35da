/**
 * The tables of workflows: what a turn reads and what it writes. Nothing here commits by itself. Locks are taken in one order
 * everywhere: workflows by their ids, then jobs by theirs, then dead letters.
 */
@NullMarked
package dev.millrace.api.workflows.record;

import org.jspecify.annotations.NullMarked;
