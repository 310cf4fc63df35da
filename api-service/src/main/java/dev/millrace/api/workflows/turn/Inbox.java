package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The signals that a workflow was sent. */
@FunctionalInterface
public interface Inbox {

    /**
     * A message.
     *
     * @param by who sent it; null if that is not known
     */
    record Message(JsonNode payload, @Nullable String by, Instant at) {}

    /** Takes the oldest of that name that nobody has taken, for the node; empty if there is none. */
    Optional<Message> take(String signal, int node);
}
