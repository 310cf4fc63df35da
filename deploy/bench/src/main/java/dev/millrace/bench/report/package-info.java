/** Figures: a JSON line for each, and a table of all. */
@NullMarked
package dev.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
