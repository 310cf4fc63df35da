/**
 * What {@code GET /} answers: which service this is, in which version, and where to read on.
 *
 * <p>It asks neither Redis nor PostgreSQL and keeps nothing, so it answers the same before and after a crash. It
 * tells nothing of any tenant, and is open to everybody.
 */
@NullMarked
package dev.millrace.api.http.root;

import org.jspecify.annotations.NullMarked;
