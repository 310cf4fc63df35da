/**
 * The roles of {@link dev.millrace.stream.jobs.JobStreams} as calls of the function library, one class each.
 *
 * <pre>
 * Caller       who calls: a consumer, on one shard, over one connection
 * Arguments    entries as arguments of a call         Entries    entries out of a reply
 * LaneReader   what is read outside the functions     Starts     what is read or taken, started
 * </pre>
 */
@NullMarked
package dev.millrace.stream.jobs.calls;

import org.jspecify.annotations.NullMarked;
