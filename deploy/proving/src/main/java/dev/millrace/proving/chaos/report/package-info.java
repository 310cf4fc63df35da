/** What was found: a line of JSON for each scenario, and a table of all. */
@NullMarked
package dev.millrace.proving.chaos.report;

import org.jspecify.annotations.NullMarked;
