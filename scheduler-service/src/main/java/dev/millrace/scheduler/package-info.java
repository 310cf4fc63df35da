/**
 * The scheduler service: the home of everything that waits for a time. It holds its place in the system, a way to Redis
 * and its health; jobs that wait are not accepted yet.
 */
@NullMarked
package dev.millrace.scheduler;

import org.jspecify.annotations.NullMarked;
