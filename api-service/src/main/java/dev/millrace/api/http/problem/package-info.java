/**
 * Every error of the API as an RFC 9457 document, and the catalogue that explains their types.
 *
 * <p>A problem says what, with which value, and what to do. It carries no stack trace, no class name and no SQL; what
 * a client sent comes back only as names that were checked, or as pointers. A 500 is always a fault of ours, is
 * logged with the {@code traceId} of the document, and reveals nothing else.
 */
@NullMarked
package dev.millrace.api.http.problem;

import org.jspecify.annotations.NullMarked;
