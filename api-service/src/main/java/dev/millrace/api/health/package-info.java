/**
 * What the probes are told: alive while every loop turns, ready while PostgreSQL answers and the tasks are known.
 *
 * <p>Liveness asks nobody outside the process, so that an outage of PostgreSQL or Redis restarts nothing. Every loop of
 * the service is started through {@link dev.millrace.api.health.Loops}, and thereby watched, and ended with the service.
 */
@NullMarked
package dev.millrace.api.health;

import org.jspecify.annotations.NullMarked;
