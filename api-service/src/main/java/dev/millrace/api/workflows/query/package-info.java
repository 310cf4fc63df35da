/** Shows workflows: one by one with their nodes, as lists, as a graph to be drawn, their members, and what they made. */
@NullMarked
package dev.millrace.api.workflows.query;

import org.jspecify.annotations.NullMarked;
