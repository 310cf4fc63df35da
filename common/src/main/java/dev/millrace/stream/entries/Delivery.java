package dev.millrace.stream.entries;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.Token;

/** An entry of a lane that the pending list gives to this consumer; the token says which delivery it is. */
public record Delivery(Lane lane, EntryId entry, Token token, Job job) {}
