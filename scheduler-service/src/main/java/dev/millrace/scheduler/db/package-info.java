/**
 * PostgreSQL for code that waits: a transaction of Hibernate Reactive as a block of plain statements, on a thread that may
 * be blocked.
 *
 * <p>The session lives on a Vert.x context of its own; a loop's thread hands it one statement after the other and waits for
 * each. What is decided between two statements is decided on the loop's thread, so that however long it takes, no event loop
 * is held up. Every transaction has a time limit.
 */
@NullMarked
package dev.millrace.scheduler.db;

import org.jspecify.annotations.NullMarked;
