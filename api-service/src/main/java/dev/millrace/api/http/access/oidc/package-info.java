/**
 * Callers that another system vouches for: an issuer of OpenID Connect, whose JSON Web Tokens say who they are, of which tenant and in
 * which role.
 *
 * <p>Without {@code millrace.api.oidc.issuer} nothing here is asked, and no JSON Web Token lets anybody in. {@link
 * dev.millrace.api.http.access.oidc.IssuerKeys} knows the issuer's keys and when to ask for them again, {@link
 * dev.millrace.api.http.access.oidc.TokenCheck} decides of a token and its key, without asking anybody.
 */
@NullMarked
package dev.millrace.api.http.access.oidc;

import org.jspecify.annotations.NullMarked;
