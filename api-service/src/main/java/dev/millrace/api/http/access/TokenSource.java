package dev.millrace.api.http.access;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where tokens stand. */
@FunctionalInterface
interface TokenSource {

    /** Those of these ids that are neither expired nor revoked now. */
    CompletionStage<Map<String, Token>> find(Set<String> ids);
}
