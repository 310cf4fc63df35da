/**
 * Verbs about tasks.
 */
@NullMarked
package dev.millrace.ctl.tasks;

import org.jspecify.annotations.NullMarked;
