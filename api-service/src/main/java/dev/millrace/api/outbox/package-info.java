/**
 * From PostgreSQL into Redis, for jobs that were accepted: at once by the publisher, otherwise by the relay.
 *
 * <p>A commit of submits leaves outbox rows; a row goes only after its jobs are known to lie in Redis, or are marked as
 * parked, or have ended. Publishing twice does no harm, so nobody has to know whether somebody else did: a crash at any
 * point leaves the row, and after 15 s any relay takes it. The publisher only saves those 15 s.
 */
@NullMarked
package dev.millrace.api.outbox;

import org.jspecify.annotations.NullMarked;
