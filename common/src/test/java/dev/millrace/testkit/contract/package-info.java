/**
 * The suite that any implementation of {@link dev.millrace.stream.jobs.JobStreams} passes, and the random calls by which two of
 * them are compared.
 */
@NullMarked
package dev.millrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
