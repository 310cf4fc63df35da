/** What is submitted, by clients that repeat a call whose outcome they do not know. */
@NullMarked
package dev.millrace.proving.chaos.load;

import org.jspecify.annotations.NullMarked;
