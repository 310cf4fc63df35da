package dev.millrace.stream.entries;

import dev.millrace.job.EntryId;
import java.util.Map;

/** An entry of any stream as it was read; fields keep their order. */
public record StreamEntry(EntryId id, Map<String, String> fields) {}
