/**
 * Verbs about callers: who one is, tokens, and who did what.
 */
@NullMarked
package dev.millrace.ctl.access;

import org.jspecify.annotations.NullMarked;
