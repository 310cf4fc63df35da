package dev.millrace.api.tasks;

/**
 * One way in which a payload does not fit its schema.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the payload; empty for all of it
 * @param detail what was expected, never what stood there
 */
public record Violation(String pointer, String detail) {}
