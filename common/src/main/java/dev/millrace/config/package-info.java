/**
 * What the services' configuration has in common: which {@code millrace.*} keys there are at all, and what the environment
 * says in one word, in the words of Quarkus.
 *
 * <p>{@code DATABASE_URL} and {@code REDIS_URL} become the settings of the data source, in a service that has one, and of
 * the Redis client. Both are stronger than the file of defaults, and weaker than the settings themselves in the
 * environment.
 */
@NullMarked
package dev.millrace.config;

import org.jspecify.annotations.NullMarked;
