/**
 * Verbs about schedules.
 */
@NullMarked
package dev.millrace.ctl.schedules;

import org.jspecify.annotations.NullMarked;
