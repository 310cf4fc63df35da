/**
 * Schedules as clients see and change them.
 *
 * <p>The schedulers own them. What clients change is a command to a scheduler, answered as soon as the record shows what came
 * of it; what they read is this service's own record. So reading needs no scheduler, and changing needs none either, but then
 * is confirmed later.
 */
@NullMarked
package dev.millrace.api.schedules;

import org.jspecify.annotations.NullMarked;
