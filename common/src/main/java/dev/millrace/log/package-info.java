/**
 * What every line of every service's log is before it is written: one line that says what it says and nothing else.
 *
 * <p>{@link dev.millrace.log.LineFilter} stands before the console of each service, whatever its format. It escapes what
 * could begin another line or move a terminal's cursor, bounds what is long, and keeps back what exceptions of parsers and
 * databases quote of the data they met. A line's message says what happened; its fields ({@link dev.millrace.log.LogContext}) say
 * to whom.
 */
@NullMarked
package dev.millrace.log;

import org.jspecify.annotations.NullMarked;
