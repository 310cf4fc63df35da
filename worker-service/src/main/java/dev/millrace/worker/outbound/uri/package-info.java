/**
 * References of RFC 3986: taken apart, resolved, escaped. {@code java.net.URI} has the rules of RFC 2396, which lose the
 * last segment of a path before {@code ?q}, and refuses what servers write into {@code Location}.
 */
@NullMarked
package dev.millrace.worker.outbound.uri;

import org.jspecify.annotations.NullMarked;
