/** Workflows from a terminal. */
@NullMarked
package dev.millrace.ctl.workflows;

import org.jspecify.annotations.NullMarked;
