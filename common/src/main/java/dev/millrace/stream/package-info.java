/**
 * The only packages that know Redis. Six rooms, each of which sees only those before it: {@code entries} (names of
 * streams and keys, what an entry says), {@code redis} (the connection, the function library and how it is called), {@code
 * groups} (readers of consumer groups and the upkeep of streams), {@code jobs} (every move of a job), {@code timers}
 * (every move of a job that waits for a time) and {@code control} (what operators ask of processes).
 */
@NullMarked
package dev.millrace.stream;

import org.jspecify.annotations.NullMarked;
