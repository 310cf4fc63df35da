/**
 * Looks for what keeps jobs from running, and says what to do; and shows all parts of an installation in one document. Both are for people and
 * for what they write: probes of orchestrators are elsewhere, and never depend on another service.
 *
 * <p>Each check looks for itself and says in sentences what it has found. They run beside each other and are given three seconds: one that hangs is
 * a finding like any other. What they decide by is in the classes named {@code …Findings}, which ask nobody. Nothing here names a tenant's jobs or schedules, or says
 * where servers are and how they are reached.
 */
@NullMarked
package dev.millrace.api.service.diagnostics;

import org.jspecify.annotations.NullMarked;
