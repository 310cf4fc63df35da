/**
 * Whether and when a failed job is tried again: how often at most, and how long it waits in between.
 *
 * <p>Everything here is an immutable value; chance comes in from outside. A {@link dev.millrace.retry.RetryPolicy} is
 * complete. A {@link dev.millrace.retry.RetryOverride} says only what it wants otherwise, and is laid over one.
 */
@NullMarked
package dev.millrace.retry;

import org.jspecify.annotations.NullMarked;
