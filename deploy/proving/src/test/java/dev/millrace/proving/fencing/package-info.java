/**
 * The worked example of the page "What we promise": a task that writes to PostgreSQL, can be run twice, stopped anywhere and
 * left behind by a later run, and still writes each row once. The page shows the very lines of {@code ImportOrders}.
 */
@NullMarked
package dev.millrace.proving.fencing;

import org.jspecify.annotations.NullMarked;
