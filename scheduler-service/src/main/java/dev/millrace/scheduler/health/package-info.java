/** What the scheduler's health endpoints answer. None of them asks Redis: they look at what the loops found. */
@NullMarked
package dev.millrace.scheduler.health;

import org.jspecify.annotations.NullMarked;
