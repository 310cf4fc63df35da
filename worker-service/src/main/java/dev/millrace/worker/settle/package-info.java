/**
 * Tells Redis how runs ended.
 *
 * <p>What a run comes to is its {@link dev.millrace.worker.settle.Outcome}; what becomes of the job after it is a {@link
 * dev.millrace.worker.settle.Verdict}; {@link dev.millrace.worker.settle.Settler} carries verdicts out, in batches. A crash
 * before that leaves the entry pending, and its lease runs out.
 */
@NullMarked
package dev.millrace.worker.settle;

import org.jspecify.annotations.NullMarked;
