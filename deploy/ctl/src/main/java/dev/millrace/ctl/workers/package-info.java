/**
 * Verbs about workers.
 */
@NullMarked
package dev.millrace.ctl.workers;

import org.jspecify.annotations.NullMarked;
