/**
 * The whole of Millrace on one machine: {@code ./millrace up}.
 *
 * <p>{@link dev.millrace.local.Up} reads the command line; {@link dev.millrace.local.Stack} brings servers and services
 * up in order, or says in one line why not, and takes all of them down again. {@link dev.millrace.local.Down} does so from
 * outside. Nothing outlives the launcher for more than 10 seconds, not even after {@code kill -9}.
 */
@NullMarked
package dev.millrace.local;

import org.jspecify.annotations.NullMarked;
