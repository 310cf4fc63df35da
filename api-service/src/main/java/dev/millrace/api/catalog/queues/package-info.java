/**
 * The queues: what is in them, and what operators set of them. What is set stands in PostgreSQL; that a queue is paused is told
 * to Redis, and put back there by whichever instance finds it missing, before a Redis that lost its data is opened.
 *
 * <p>The meters show the queues as they stand in Redis. Every instance looks for itself and finds the same, so that no figure is missing
 * whichever instance is asked: across instances the greatest is the truth, not the sum.
 */
@NullMarked
package dev.millrace.api.catalog.queues;

import org.jspecify.annotations.NullMarked;
