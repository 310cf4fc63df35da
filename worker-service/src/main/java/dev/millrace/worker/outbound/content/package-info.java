/** How the content of an answer is coded, and what it is by its {@code Content-Type}. */
@NullMarked
package dev.millrace.worker.outbound.content;

import org.jspecify.annotations.NullMarked;
