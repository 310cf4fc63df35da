/**
 * Brings what workers say of themselves into the catalog of tasks.
 *
 * <p>All instances share one group on the fleet stream. Events are written to the catalog, committed, and only then
 * acknowledged; an event that comes twice changes nothing. What cannot be understood is logged and goes to quarantine. The
 * stream keeps an hour of what was read, for people who look.
 */
@NullMarked
package dev.millrace.api.catalog.workers;

import org.jspecify.annotations.NullMarked;
