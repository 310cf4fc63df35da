/** What is measured: a stack of the bench's own, or one that runs already, and the workers that the bench starts. */
@NullMarked
package dev.millrace.bench.stack;

import org.jspecify.annotations.NullMarked;
