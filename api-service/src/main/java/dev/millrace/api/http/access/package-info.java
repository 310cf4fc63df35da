/**
 * Who is calling, and for which tenant; the one place that will know tokens and roles.
 *
 * <p>Until it does, every caller is tenant {@code default}, and therefore a service refuses to listen anywhere but on
 * loopback. Everything else asks here and never takes a tenant from a request.
 */
@NullMarked
package dev.millrace.api.http.access;

import org.jspecify.annotations.NullMarked;
