package dev.millrace.api.record.query;

import dev.millrace.api.http.access.Caller;

/** Knows what is not shown to whom. */
@FunctionalInterface
public interface Redactions {

    Redaction of(Caller caller);
}
