package dev.millrace.api.record.projection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with an event that is well-formed as an entry, but would break a column or a reader of it. */
final class EventValidator {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final JsonFactory JSON = new JsonFactory();

    private EventValidator() {}

    /** A sentence; empty if there is nothing to object to. */
    static Optional<String> objection(JobEvent event) {
        if (!inRange(event.at())) {
            return Optional.of("Its time lies outside the years 1970 to 9999.");
        }
        if (texts(event).anyMatch(text -> text != null && text.indexOf('\0') >= 0)) {
            return Optional.of("A text of it holds a NUL character, which PostgreSQL does not store.");
        }
        return switch (event) {
            case Queued queued -> Optional.empty();
            case Started started -> Optional.empty();
            case Progressed progressed -> Optional.empty();
            case Deferred deferred -> objectionToStart(deferred.start()).or(() -> objectionToDue(deferred));
            case Ended end ->
                objectionToStart(end.start())
                        .or(() -> objectionToResult(end))
                        .or(() -> objectionToOrders(end.orders()));
            case Ordered ordered -> objectionToOrders(ordered.orders());
        };
    }

    private static Stream<@Nullable String> texts(JobEvent event) {
        return switch (event) {
            case Queued queued -> Stream.empty();
            case Started started -> Stream.of(started.worker());
            case Ordered ordered -> Stream.empty();
            case Progressed progressed -> Stream.of(progressed.progress().message());
            case Deferred deferred -> Stream.concat(texts(deferred.start()), texts(deferred.error()));
            case Ended end -> Stream.concat(texts(end.start()), texts(end.error()));
        };
    }

    private static Stream<@Nullable String> texts(@Nullable Start start) {
        return start == null ? Stream.empty() : Stream.of(start.worker());
    }

    private static Stream<@Nullable String> texts(@Nullable JobError error) {
        return error == null ? Stream.empty() : Stream.of(error.type(), error.message(), error.stackTrace());
    }

    private static Optional<String> objectionToStart(@Nullable Start start) {
        return start == null || inRange(start.at())
                ? Optional.empty()
                : Optional.of("The time of its start lies outside the years 1970 to 9999.");
    }

    private static Optional<String> objectionToDue(Deferred deferred) {
        return inRange(deferred.due())
                ? Optional.empty()
                : Optional.of("The time of its next run lies outside the years 1970 to 9999.");
    }

    private static Optional<String> objectionToResult(Ended end) {
        return isJson(end.result()) ? Optional.empty() : Optional.of("Its result is not JSON.");
    }

    private static Optional<String> objectionToOrders(@Nullable String orders) {
        return orders == null || (orders.startsWith("[") && isJson(orders) && orders.indexOf('\0') < 0)
                ? Optional.empty()
                : Optional.of("Its orders are not a JSON list.");
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
