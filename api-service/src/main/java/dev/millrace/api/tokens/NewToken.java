package dev.millrace.api.tokens;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A token as it is told once, to whoever had it made.
 *
 * @param token what its holder sends
 */
@RegisterForReflection
public record NewToken(@JsonUnwrapped TokenDocument document, String token) {

    @Override
    public String toString() {
        return "NewToken " + document.id();
    }
}
