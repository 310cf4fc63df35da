/**
 * What callers show of themselves, read and written: the texts of tokens and of sessions, the header {@code Authorization} and the
 * session's cookie. It knows nobody.
 */
@NullMarked
package dev.millrace.api.http.access.credential;

import org.jspecify.annotations.NullMarked;
