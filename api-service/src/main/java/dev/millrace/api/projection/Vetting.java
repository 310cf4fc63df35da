package dev.millrace.api.projection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with an event that is well-formed as an entry, but would break a column or a reader of it. */
final class Vetting {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final JsonFactory JSON = new JsonFactory();

    private Vetting() {}

    /** A sentence; empty if there is nothing to object to. */
    static Optional<String> objection(JobEvent event) {
        if (!inRange(event.at())) {
            return Optional.of("Its time lies outside the years 1970 to 9999.");
        }
        return event instanceof Ended end ? objectionToEnd(end) : Optional.empty();
    }

    private static Optional<String> objectionToEnd(Ended end) {
        if (end.start() != null && !inRange(end.start().at())) {
            return Optional.of("The time of its start lies outside the years 1970 to 9999.");
        }
        return isJson(end.result()) ? Optional.empty() : Optional.of("Its result is not JSON.");
    }

    private static boolean inRange(Instant at) {
        return !at.isBefore(FIRST) && !at.isAfter(LAST);
    }

    /** The result is shown inside other documents as it stands: it must be one JSON value and nothing more. */
    private static boolean isJson(@Nullable String text) {
        if (text == null) {
            return true;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            boolean value = parser.currentToken() != null;
            parser.skipChildren();
            return value && parser.nextToken() == null;
        } catch (IOException broken) {
            return false;
        }
    }
}
