/** Where a name leads, and which addresses a task may be connected to. Knows nothing of HTTP. */
@NullMarked
package dev.millrace.worker.outbound.address;

import org.jspecify.annotations.NullMarked;
