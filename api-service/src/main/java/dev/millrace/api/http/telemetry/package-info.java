/** What meters and traces say of calls: nothing that a caller has made up, or asked for. */
@NullMarked
package dev.millrace.api.http.telemetry;

import org.jspecify.annotations.NullMarked;
