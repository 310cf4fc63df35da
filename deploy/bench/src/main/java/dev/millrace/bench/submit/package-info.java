/** Submits jobs over REST, as clients do. */
@NullMarked
package dev.millrace.bench.submit;

import org.jspecify.annotations.NullMarked;
