/** What is done with the stack while it is measured. */
@NullMarked
package dev.millrace.bench.workload;

import org.jspecify.annotations.NullMarked;
