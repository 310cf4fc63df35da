/**
 * Gives tokens, lists them and takes them away; tells callers who they are.
 *
 * <p>The text of a token is told once, to whoever had it made; what is kept is its hash. Whether one is good is decided in
 * {@link dev.millrace.api.http.access}.
 */
@NullMarked
package dev.millrace.api.tokens;

import org.jspecify.annotations.NullMarked;
