package dev.millrace.stream.groups;

import java.util.List;

/** Where entries go that their consumer can never deal with, for people to look at. */
@FunctionalInterface
public interface Quarantine {

    /**
     * Returns when all are kept durably. An entry that is kept again stands there once.
     *
     * @param stream on which they lie
     */
    void keep(String stream, List<Unreadable> unreadable);
}
