/**
 * Listens to what workers tell about themselves.
 *
 * <p>All instances share one group on the fleet stream. News are written to the catalog of tasks, committed, and only
 * then acknowledged; telling them twice changes nothing. What cannot be understood is logged and goes to quarantine. The stream
 * keeps an hour of what was heard, for people who look.
 */
@NullMarked
package dev.millrace.api.catalog.workers;

import org.jspecify.annotations.NullMarked;
