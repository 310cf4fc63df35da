/**
 * Keeps the table {@code api.job_count} right: how many jobs there are of each queue, task and state.
 *
 * <p>Triggers of {@code api.job} change it in the transaction that changes a job, whoever does that. Each connection writes
 * rows of one of 16 slots, so that two writers seldom wait for each other, and the number is the sum over the slots. A crash
 * loses nothing, since both are one commit.
 */
@NullMarked
package dev.millrace.api.record.counts;

import org.jspecify.annotations.NullMarked;
