/** Whether what happened keeps the promises. No effects: a history goes in, a verdict comes out. */
@NullMarked
package dev.millrace.proving.chaos.verdict;

import org.jspecify.annotations.NullMarked;
