/**
 * Records what workers say of themselves: the tasks that they offer in the catalog, and how they are in {@code api.worker},
 * where every instance finds them.
 *
 * <p>All instances share one group on the fleet stream. Events are written, committed, and only then
 * acknowledged; an event that comes twice changes nothing. What cannot be understood is logged and goes to quarantine. The
 * stream keeps an hour of what was read, for people who look.
 */
@NullMarked
package dev.millrace.api.catalog.workers;

import org.jspecify.annotations.NullMarked;
