/** What the chaos judges beside the checker of histories. No effects: a history goes in, sentences come out. */
@NullMarked
package dev.millrace.proving.chaos.verdict;

import org.jspecify.annotations.NullMarked;
