/** What processes and the box have used of their processors, and how times are spread. */
@NullMarked
package dev.millrace.bench.measure;

import org.jspecify.annotations.NullMarked;
