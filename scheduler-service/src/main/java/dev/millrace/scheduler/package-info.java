/**
 * The scheduler service: the home of everything that waits for a time. {@code timers} holds jobs that are to run later;
 * this package makes one scheduler of its parts and lets it turn. It keeps nothing of its own: what waits is in Redis.
 */
@NullMarked
package dev.millrace.scheduler;

import org.jspecify.annotations.NullMarked;
