/** Other job systems, measured by a harness that is not part of this repository. */
@NullMarked
package dev.millrace.bench.peers;

import org.jspecify.annotations.NullMarked;
