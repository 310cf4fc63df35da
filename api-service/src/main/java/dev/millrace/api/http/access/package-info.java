/**
 * Who is calling, for which tenant, and in which role; the one place that knows tokens.
 *
 * <p>Everything else asks {@link dev.millrace.api.http.access.Callers} and never takes a tenant from a request.
 * {@link dev.millrace.api.http.access.Operations} is the table of what needs which role, and refuses what it does not name.
 * A token is asked for in PostgreSQL when it was not for 2 s, and is worth nothing when PostgreSQL has not vouched for it
 * within 4 s: a shorter outage is not noticed by callers who are there, a longer one is answered with 503, except to
 * whoever has the token of the service's environment. Streams are cut off by the same rule.
 *
 * <p>While access control is off, every caller is an admin of tenant {@code default}, and therefore the service refuses to
 * listen anywhere but on loopback.
 */
@NullMarked
package dev.millrace.api.http.access;

import org.jspecify.annotations.NullMarked;
