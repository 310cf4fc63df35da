/**
 * The scheduler service: the home of everything that waits for a time. {@code timers} holds, in Redis, jobs that are to run
 * later; {@code schedules}, {@code fires} and what is around them keep, in PostgreSQL, what makes jobs again and again. This
 * package makes one scheduler of its parts and lets it turn. Schedules need PostgreSQL, timers do not.
 */
@NullMarked
package dev.millrace.scheduler;

import org.jspecify.annotations.NullMarked;
