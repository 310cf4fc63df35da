/** How the chaos sees time, and waits. */
@NullMarked
package dev.millrace.proving.chaos.time;

import org.jspecify.annotations.NullMarked;
