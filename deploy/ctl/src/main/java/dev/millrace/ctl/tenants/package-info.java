/**
 * Verbs about tenants: which there are, and how much each of them may have at a time.
 */
@NullMarked
package dev.millrace.ctl.tenants;

import org.jspecify.annotations.NullMarked;
