/**
 * Verbs about bulk actions, which do something to many jobs in the background.
 */
@NullMarked
package dev.millrace.ctl.bulk;

import org.jspecify.annotations.NullMarked;
