/**
 * What {@code GET /} answers: which service this is, in which version, and where to read on.
 *
 * <p>It asks neither Redis nor PostgreSQL and keeps nothing, so it answers the same before and after a crash. Like
 * every other path it is served to loopback addresses only.
 */
@NullMarked
package dev.millrace.api.http.root;

import org.jspecify.annotations.NullMarked;
