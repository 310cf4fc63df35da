/**
 * Time as one thing: the clock, the stopwatch and the pauses of a process, taken through the constructor by all that
 * read or spend time. Only classes named {@code …Wiring} make one of the machine's.
 */
@NullMarked
package dev.millrace.time;

import org.jspecify.annotations.NullMarked;
