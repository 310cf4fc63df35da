package dev.millrace.stream.entries;

/** What became of the fields of one entry. */
public sealed interface Reading<T> {

    record Understood<T>(T value) implements Reading<T> {}

    /** A kind this version does not know, or fields that break a rule; the reader passes on to its next entry. */
    record Refused<T>(String why) implements Reading<T> {}
}
