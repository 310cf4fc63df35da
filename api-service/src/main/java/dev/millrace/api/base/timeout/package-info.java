/** How long callers wait for what others complete. */
@NullMarked
package dev.millrace.api.base.timeout;

import org.jspecify.annotations.NullMarked;
