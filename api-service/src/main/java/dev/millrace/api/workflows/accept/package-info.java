/**
 * Starts workflows. A request is checked as a whole before anything is written: the graph, then every step as if its job were submitted
 * now, as far as that is known. The commit of the call holds the workflow, its nodes, its first members and the claim of its key.
 */
@NullMarked
package dev.millrace.api.workflows.accept;

import org.jspecify.annotations.NullMarked;
