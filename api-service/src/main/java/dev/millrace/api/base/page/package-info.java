/** Where a walk over many rows goes on. */
@NullMarked
package dev.millrace.api.base.page;

import org.jspecify.annotations.NullMarked;
