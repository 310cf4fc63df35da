/**
 * Keeps entries of streams that nobody can read, in the table {@code api.quarantine}, for people to look at.
 *
 * <p>A reader writes them in the same commit as the readable entries around them, or before it, and then acknowledges
 * all: so none is lost and none is in its neighbours' way. What is kept of each is bounded.
 */
@NullMarked
package dev.millrace.api.base.quarantine;

import org.jspecify.annotations.NullMarked;
