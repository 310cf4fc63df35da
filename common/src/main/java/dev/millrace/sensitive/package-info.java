/**
 * Values that a JSON Schema marks as sensitive: where they stand in a payload or a result, and that they are not shown.
 *
 * <p>The api masks them in what it answers, the worker takes them out of the texts of a run. Both go by the schema that
 * the task was offered with; where it cannot be followed, too much is hidden rather than too little.
 */
@NullMarked
package dev.millrace.sensitive;

import org.jspecify.annotations.NullMarked;
