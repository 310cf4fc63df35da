/**
 * What the tests of all services share: a clock to set, a real Redis for each test class, the suite that any
 * implementation of {@link dev.millrace.stream.jobs.JobStreams} passes, and the rules that every package keeps.
 *
 * <p>Nothing here waits for time to pass: entries are aged, and what must arrive is awaited with a deadline.
 */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
