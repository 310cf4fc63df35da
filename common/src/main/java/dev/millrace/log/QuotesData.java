package dev.millrace.log;

/**
 * Marks an exception whose message quotes data: a payload's text, a column's value. The log shows its type and its frames,
 * never its message, nor that of an exception that wraps it.
 */
public interface QuotesData {}
