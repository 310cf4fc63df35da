/**
 * Real Redis and PostgreSQL servers as child processes, for the local launcher and for tests.
 *
 * <p>Binaries come out of jars and are unpacked once into the user's cache folder. A server listens on 127.0.0.1 only,
 * lives in a session of its own (Ctrl-C reaches its starter, not it) and outlives a starter that is killed: whoever
 * starts one closes it. What cannot start says so with one {@link dev.millrace.embedded.CannotStart} sentence.
 */
@NullMarked
package dev.millrace.embedded;

import org.jspecify.annotations.NullMarked;
