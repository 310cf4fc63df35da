/**
 * How many jobs end, and how long they wait and run, by task and queue: of the last minute, quarter, hour and day, and as a series.
 *
 * <pre>
 * api.job ── every 15 s, whoever has the turn ──► api.job_stat (minutes, quarters) ──► GET /stats
 * </pre>
 *
 * <p>The record itself is counted, along the index of what has ended, so that nothing is added to the path of a job and every instance
 * tells the same. A minute is counted anew for as long as its jobs may still be recorded, three minutes: counting it twice changes nothing. What is
 * recorded later than that is in the totals only. Durations are kept as numbers of jobs in 22 buckets, by which percentiles are estimated.
 */
@NullMarked
package dev.millrace.api.record.stats;

import org.jspecify.annotations.NullMarked;
