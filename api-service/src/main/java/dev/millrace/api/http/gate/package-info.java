/**
 * What every request passes before a resource sees it.
 *
 * <p>{@link dev.millrace.api.http.gate.RequestHead} decides, of what is known before the body: an address that is too long,
 * headers that are too large, a body that is too large, compressed, or of no media type. {@link dev.millrace.api.http.gate.RequestFilter}
 * answers with the problem, and so does it for what the layers between it and the resources refuse. A body that does
 * not come to its end in time is not waited for. {@link dev.millrace.api.http.gate.SafeHeaders} are on every answer. What the HTTP decoder itself cannot read, and an address
 * that is no URI, never come here: the framework answers them with a bare status.
 */
@NullMarked
package dev.millrace.api.http.gate;

import org.jspecify.annotations.NullMarked;
