/**
 * Makes the jobs that jobs ordered, by the rules by which submits are accepted.
 *
 * <p>Every instance looks: woken by its own projection, else four times a second. One commit locks rows of orders that nobody is at,
 * writes their jobs, notes what became of each order, and deletes the rows; a crash before it changes nothing, and behind it the
 * outbox has the jobs. The id of a job is made of its parent's and the order's key, so that what is ordered again, by another
 * run or told twice, makes nothing more.
 */
@NullMarked
package dev.millrace.api.jobs.orders;

import org.jspecify.annotations.NullMarked;
