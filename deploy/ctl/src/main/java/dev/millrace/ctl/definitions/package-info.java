/** Definitions of workflows from a terminal. */
@NullMarked
package dev.millrace.ctl.definitions;

import org.jspecify.annotations.NullMarked;
