/**
 * The folder {@code $MILLRACE_HOME} and the files by which one launcher leaves word to tools and to its successor.
 *
 * <p>{@code lock} is held while a launcher lives, {@code processes} names it and what it started, {@code run.json} tells tools
 * what runs where. Each file is replaced whole, by a rename: a reader sees the old one or the new one.
 */
@NullMarked
package dev.millrace.local.home;

import org.jspecify.annotations.NullMarked;
