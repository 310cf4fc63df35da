/**
 * What jobs ordered: the orders that are in the record with the success of their runs, and what became of them.
 *
 * <p>{@link dev.millrace.api.record.orders.OrderRows} writes orders in the commit that takes the end which carries them, and nobody
 * else does. After a crash before that commit there is neither; after one behind it they lie there until some instance has
 * made their jobs.
 */
@NullMarked
package dev.millrace.api.record.orders;

import org.jspecify.annotations.NullMarked;
