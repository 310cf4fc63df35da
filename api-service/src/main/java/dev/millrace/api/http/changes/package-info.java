/**
 * What a call changes of a setting: told by whoever changes it, read by the audit behind it. It lives as long as the call.
 */
@NullMarked
package dev.millrace.api.http.changes;

import org.jspecify.annotations.NullMarked;
