package dev.millrace.stream.control;

import dev.millrace.names.Labelled;

/** What a process is that reads commands. */
public enum MemberKind implements Labelled {
    WORKER,
    SCHEDULER;

    /** The names of the groups of such processes begin so, and no other's. */
    String groupPrefix() {
        return label() + ":";
    }

    /** The group of one of them, which is its only consumer. */
    String group(String id) {
        return groupPrefix() + id;
    }
}
