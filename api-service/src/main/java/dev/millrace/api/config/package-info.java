/**
 * What the environment says in one word, in the words of Quarkus.
 *
 * <p>{@code DATABASE_URL} and {@code REDIS_URL} become the settings of the data source and of the Redis client. Both are
 * stronger than the file of defaults, and weaker than the settings themselves in the environment.
 */
@NullMarked
package dev.millrace.api.config;

import org.jspecify.annotations.NullMarked;
