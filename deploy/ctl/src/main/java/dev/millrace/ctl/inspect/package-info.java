/**
 * The questions that people know as {@code inspect}: what runs, waits, is known and served.
 */
@NullMarked
package dev.millrace.ctl.inspect;

import org.jspecify.annotations.NullMarked;
