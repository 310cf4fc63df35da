package dev.millrace.api.http.access.oidc;

import java.time.Instant;

/**
 * Whom the issuer vouches for.
 *
 * @param role the label of the greatest of Millrace's roles that it lists
 * @param until when that ends, a small difference of clocks included
 */
public record Identity(String name, String tenant, String role, Instant until) {}
