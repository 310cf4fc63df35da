/**
 * Verbs about the installation as a whole: whether it is well, what is wrong with it, and all of it on one screen.
 */
@NullMarked
package dev.millrace.ctl.fleet;

import org.jspecify.annotations.NullMarked;
