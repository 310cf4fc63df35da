package dev.millrace.stream.groups;

import dev.millrace.stream.entries.StreamEntry;

/** An entry that its consumer can never deal with, and why. */
public record Unreadable(StreamEntry entry, String why) {}
