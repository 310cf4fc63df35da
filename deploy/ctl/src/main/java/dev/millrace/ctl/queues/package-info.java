/**
 * Verbs about queues.
 */
@NullMarked
package dev.millrace.ctl.queues;

import org.jspecify.annotations.NullMarked;
