package dev.millrace.api.http.changes;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries what a call changes to the audit. Of jobs and their payloads nothing is to be told. */
@ApplicationScoped
public class Changes {

    private static final String CHANGE = Change.class.getName();

    private final CurrentVertxRequest request;

    Changes(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Tells of a setting before the current call, null if there was none, and after it, null if it is gone; the last word counts. */
    public void tell(@Nullable JsonNode before, @Nullable JsonNode after) {
        request.getCurrent().put(CHANGE, new Change(before, after));
    }

    /** What was told in the current call. */
    public Optional<Change> told() {
        return Optional.ofNullable(request.getCurrent().get(CHANGE));
    }
}
