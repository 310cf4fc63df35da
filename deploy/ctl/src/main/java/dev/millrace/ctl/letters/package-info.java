/**
 * Verbs about dead letters.
 */
@NullMarked
package dev.millrace.ctl.letters;

import org.jspecify.annotations.NullMarked;
