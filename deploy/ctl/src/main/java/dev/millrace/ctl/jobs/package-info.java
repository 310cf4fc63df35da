/**
 * Verbs about jobs: submit, read, follow, cancel and run again.
 */
@NullMarked
package dev.millrace.ctl.jobs;

import org.jspecify.annotations.NullMarked;
