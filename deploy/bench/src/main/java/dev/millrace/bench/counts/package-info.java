/**
 * What is counted while something is measured: commands, transactions, wake-ups. Counts are the same on a busy machine as on a
 * quiet one.
 */
@NullMarked
package dev.millrace.bench.counts;

import org.jspecify.annotations.NullMarked;
