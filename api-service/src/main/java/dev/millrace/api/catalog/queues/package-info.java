/**
 * The queues as they stand in Redis. Every instance looks for itself and finds the same, so that no figure is missing
 * whichever instance is asked: across instances the greatest is the truth, not the sum.
 */
@NullMarked
package dev.millrace.api.catalog.queues;

import org.jspecify.annotations.NullMarked;
