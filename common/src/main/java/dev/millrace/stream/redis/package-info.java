/**
 * The connection to Redis, the function library and how it is called. Each call has a time limit and throws {@link
 * dev.millrace.stream.redis.StreamsUnavailable} when Redis cannot be asked or is cold.
 */
@NullMarked
package dev.millrace.stream.redis;

import org.jspecify.annotations.NullMarked;
