package dev.millrace.stream.entries;

import dev.millrace.schedule.FireReport;

/** What lies on the submit stream: each asks the api for jobs. */
public sealed interface SubmitRequest {

    /** A scheduler reports a tick. */
    record Fire(FireReport report) implements SubmitRequest {}
}
