/**
 * How a workflow moves: given how its nodes stand and what was heard since, what becomes of them now. {@link
 * dev.millrace.api.workflows.turn.Turn} decides it and touches nothing else: results, signals and the making of members come in as
 * interfaces, so that thousands of random workflows can be run in memory against an oracle.
 *
 * <p>A member may run more than once; a node settles once, and what follows it is made once, from what the record shows.
 */
@NullMarked
package dev.millrace.api.workflows.turn;

import org.jspecify.annotations.NullMarked;
