/**
 * Schedules that the configuration declares, {@code millrace.schedules.<name>.*}: made, changed and removed when a
 * scheduler starts. What is wrong with one stops the start, with its key and in the words that a client of the api reads.
 */
@NullMarked
package dev.millrace.scheduler.declared;

import org.jspecify.annotations.NullMarked;
