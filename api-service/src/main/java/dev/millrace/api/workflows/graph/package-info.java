/**
 * What a workflow is to do, as data: steps in a tree, with edges between siblings, templates that name what they need, and
 * conditions. A graph is read from JSON, checked as a whole, and laid out; all that is wrong with it is told at once. Nothing here
 * knows a run, a clock or a table.
 *
 * <p>Nodes are numbered in the order of writing, a scope before what it holds and the root as 0. These numbers stand in rows of
 * running workflows, so the order is for good.
 */
@NullMarked
package dev.millrace.api.workflows.graph;

import org.jspecify.annotations.NullMarked;
