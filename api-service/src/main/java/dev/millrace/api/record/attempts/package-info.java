/**
 * Showing the failed attempts of a job, the oldest first. The projection records each in the commit that brings its event
 * into the record, so that a job that waits for its next attempt always shows why.
 */
@NullMarked
package dev.millrace.api.record.attempts;

import org.jspecify.annotations.NullMarked;
