/**
 * The two ways in which a scheduler uses PostgreSQL, on threads that may be blocked. What deals with one schedule by its key
 * is a unit of work on {@code Entities} of Hibernate Reactive; what deals with many rows is plain statements on
 * {@link dev.millrace.postgres.Db}. No transaction uses both. After a crash all of one is there, or nothing.
 */
@NullMarked
package dev.millrace.scheduler.db;

import org.jspecify.annotations.NullMarked;
