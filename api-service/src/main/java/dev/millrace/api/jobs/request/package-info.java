/**
 * Reading what a client asks for of one job: the JSON of {@code POST /jobs}, which a schedule's job is too.
 *
 * <p>Reading is pure. All that is wrong with the fields is returned at once, as a value; whether the task and the queue exist is
 * not looked at here.
 */
@NullMarked
package dev.millrace.api.jobs.request;

import org.jspecify.annotations.NullMarked;
