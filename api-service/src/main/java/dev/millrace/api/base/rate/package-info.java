/** How many in a second: counted in memory, by each instance for itself, and forgotten when it ends. */
@NullMarked
package dev.millrace.api.base.rate;

import org.jspecify.annotations.NullMarked;
