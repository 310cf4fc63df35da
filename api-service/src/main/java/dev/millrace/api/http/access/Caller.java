package dev.millrace.api.http.access;

/** Whoever made a request. The tenant comes from the credential and from nowhere else. */
public record Caller(String tenant) {}
