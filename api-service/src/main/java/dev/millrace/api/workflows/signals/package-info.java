/**
 * What clients do to workflows that run: they cancel them, and send signals. Either is committed under the lock of the workflow, together
 * with what follows from it at once.
 */
@NullMarked
package dev.millrace.api.workflows.signals;

import org.jspecify.annotations.NullMarked;
