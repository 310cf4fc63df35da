/**
 * Cancelling, retrying and deleting many jobs at once, those of a list of ids or those that pass a filter.
 *
 * <p>An action is a row, and carried out page by page. Of each page one commit does what is asked of its jobs and notes in the
 * row how far it came, so that a page is done once, whoever dies: there is no leader and no lease, for whoever carries out a page
 * holds the row's lock until then, and the next instance that finds it free goes on. A filter is walked along the index of each
 * state in which jobs can be meant, the newest first, and means no job that was submitted after the action.
 */
@NullMarked
package dev.millrace.api.jobs.actions;

import org.jspecify.annotations.NullMarked;
