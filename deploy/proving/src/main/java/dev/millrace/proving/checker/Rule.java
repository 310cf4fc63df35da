package dev.millrace.proving.checker;

import java.util.function.BiConsumer;

/** What must hold of every job. */
@FunctionalInterface
interface Rule {

    /** Tells {@code broken} the rule's number and what is wrong. */
    void look(Track track, Facts facts, Limits limits, BiConsumer<String, String> broken);
}
