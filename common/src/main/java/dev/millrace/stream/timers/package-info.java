/**
 * Moves jobs that wait for a time: from the delays to the timers of their shard, and from there to their lanes when they are
 * due. A crash between two calls leaves a job where the first call put it; another scheduler goes on from there.
 */
@NullMarked
package dev.millrace.stream.timers;

import org.jspecify.annotations.NullMarked;
