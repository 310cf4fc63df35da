/**
 * Who changed what: a row of {@code api.audit} for each call that changes something, written before the call is answered.
 *
 * <p>It says who called, in which role and tenant, which operation, of what, and how it was answered, the trace of the call, and of a setting what it was before and after: never what was sent, and nothing of payloads. Submits are not
 * written, since a job is its own record; nor is what changes nothing, such as pings and previews. A call whose row cannot be written is answered all the same, and the
 * log says so: what was done is done. Rows are kept for 90 days.
 */
@NullMarked
package dev.millrace.api.service.audit;

import org.jspecify.annotations.NullMarked;
