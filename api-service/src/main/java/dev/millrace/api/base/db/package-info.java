/**
 * PostgreSQL for code that waits: a transaction as a block of plain statements, on a thread that may be blocked.
 *
 * <p>Every transaction has a time limit, after which its connection goes. What PostgreSQL refuses comes as
 * {@link io.vertx.pgclient.PgException}; that it could not be asked, or that the outcome of a commit is unknown, comes
 * as {@link dev.millrace.api.base.db.DatabaseUnavailable}.
 */
@NullMarked
package dev.millrace.api.base.db;

import org.jspecify.annotations.NullMarked;
