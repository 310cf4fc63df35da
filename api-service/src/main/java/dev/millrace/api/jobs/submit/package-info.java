/**
 * Submitting jobs over REST, one by one and in bulk: requests are read, and committed together with others.
 *
 * <p>A 202 follows a commit of PostgreSQL and nothing else, so that Redis may be away. Requests that arrive while a
 * commit runs share the next one. A call with an Idempotency-Key is one job, or one set of jobs, however often it is
 * sent: the key's row is written in the commit of the jobs, which is one statement. When the outcome of a commit is unknown
 * the answer is 503, and sending the call again with its key shows which.
 */
@NullMarked
package dev.millrace.api.jobs.submit;

import org.jspecify.annotations.NullMarked;
