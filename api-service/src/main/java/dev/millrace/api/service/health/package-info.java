/**
 * What the probes check beside the turning of the loops: ready while PostgreSQL answers and the tasks are known. What
 * is not required for that is shown as data.
 */
@NullMarked
package dev.millrace.api.service.health;

import org.jspecify.annotations.NullMarked;
