/**
 * Reading the record of jobs: one by its id, pages of them, and how many there are.
 *
 * <p>{@link dev.millrace.api.record.job.JobRow} is a row of PostgreSQL, {@link dev.millrace.api.record.query.JobDocument} what a
 * client sees of it. Every query names the tenant, so a job of another one looks like one that does not exist.
 * Pages are cut by (created_at, id) and not by number: jobs that arrive meanwhile neither repeat nor hide any.
 */
@NullMarked
package dev.millrace.api.record.query;

import org.jspecify.annotations.NullMarked;
