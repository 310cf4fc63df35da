package dev.millrace.worker.outbound;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A request that was made, and the status that answered it.
 *
 * @param url without a query, which may carry secrets
 */
@RegisterForReflection
public record Hop(String method, String url, int status) {}
