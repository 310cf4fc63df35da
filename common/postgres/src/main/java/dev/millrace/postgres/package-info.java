/**
 * PostgreSQL for code that waits: a transaction as a block of plain statements, on a thread that may be blocked.
 *
 * <p>Every transaction has a time limit, after which its connection goes. What PostgreSQL refuses comes as
 * {@link io.vertx.pgclient.PgException}, or as {@link dev.millrace.postgres.BadData} where it was asked to vet what somebody
 * else has written; that it could not be asked, or that the outcome of a commit is unknown, comes as
 * {@link dev.millrace.postgres.DatabaseUnavailable}. After a crash all of a transaction is there, or nothing.
 */
@NullMarked
package dev.millrace.postgres;

import org.jspecify.annotations.NullMarked;
