/** How a worker stops: nothing new starts, what runs gets its grace, the rest goes back to its queue. */
@NullMarked
package dev.millrace.worker.drain;

import org.jspecify.annotations.NullMarked;
