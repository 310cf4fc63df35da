package dev.millrace.api.access;

/** Whoever made a request. The tenant comes from the credential and from nowhere else. */
public record Caller(String tenant) {}
