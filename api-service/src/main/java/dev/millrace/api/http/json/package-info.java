/**
 * JSON at the door: read strictly, compared by meaning.
 *
 * <p>What passes here can be stored as text or jsonb, sent through Redis and read by any parser: no field twice, no
 * NUL and no half of a surrogate pair, numbers of at most 100 digits, at most 64 levels. What does not pass is answered
 * with a problem that points at it.
 */
@NullMarked
package dev.millrace.api.http.json;

import org.jspecify.annotations.NullMarked;
