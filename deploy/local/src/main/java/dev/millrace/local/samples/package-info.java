/**
 * Inputs for first jobs, served on loopback: two feeds that lie in the repository and a CSV that is made at first use.
 *
 * <p>The CSV has 100,000 rows, the same on every machine, a few of them wrong, so that an import has progress to show
 * and errors to report.
 */
@NullMarked
package dev.millrace.local.samples;

import org.jspecify.annotations.NullMarked;
