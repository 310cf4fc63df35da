/**
 * Graphs that have a name: clients put them, and start workflows by their names. Each change is a version of its own, which never changes,
 * so that what runs goes on with the graph with which it began.
 */
@NullMarked
package dev.millrace.api.workflows.definitions;

import org.jspecify.annotations.NullMarked;
