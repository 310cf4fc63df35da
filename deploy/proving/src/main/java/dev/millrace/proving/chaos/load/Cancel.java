package dev.millrace.proving.chaos.load;

/**
 * A client asked for a job's cancel.
 *
 * @param at when it called, in milliseconds since 1970
 * @param done when it was answered
 * @param status of the answer, 0 if there was none
 */
public record Cancel(String job, long at, long done, int status) {}
