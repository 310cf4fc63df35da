/** How things are named: what a name may hold, how a constant is spelled outside the code, and who this process is. */
@NullMarked
package dev.millrace.names;

import org.jspecify.annotations.NullMarked;
