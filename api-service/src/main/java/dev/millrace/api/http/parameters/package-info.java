/**
 * Query parameters, read as strictly as bodies.
 *
 * <p>A parameter that is unknown here, is given twice or has a malformed value is refused with 400, so that a typo is not
 * taken for "no restriction"; one that the contract knows and this release cannot honour is refused with 422. What
 * passes can be stored and compared by PostgreSQL.
 */
@NullMarked
package dev.millrace.api.http.parameters;

import org.jspecify.annotations.NullMarked;
