/**
 * Dead letters: what is left to people of jobs that ended FAILED or TIMED_OUT.
 *
 * <p>The projection writes one for each such end, in the commit that shows the end. A letter is open until its job is
 * requeued, one by one or many by a filter, or until somebody resolves it, which says that nothing is to be done. It keeps
 * the payload and the error of that end, whatever becomes of the job.
 */
@NullMarked
package dev.millrace.api.jobs.deadletter;

import org.jspecify.annotations.NullMarked;
