package dev.millrace.api.http.access.oidc;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwk.JsonWebKey;

/** Where the issuer's keys are. */
@FunctionalInterface
interface KeySource {

    /** Its public keys of now; fails if it gives no answer that has some. */
    CompletionStage<List<JsonWebKey>> ask();
}
