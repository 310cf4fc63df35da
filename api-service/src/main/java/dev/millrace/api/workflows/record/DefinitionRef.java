package dev.millrace.api.workflows.record;

/** A version of a definition. */
public record DefinitionRef(String name, int version) {}
