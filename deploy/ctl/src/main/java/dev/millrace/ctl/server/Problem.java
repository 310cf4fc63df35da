package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a call was refused (RFC 9457), as far as the answer tells.
 *
 * @param type the last part of its type; empty if the answer was no problem document
 */
public record Problem(String type, int status, String title, String detail, List<Place> places, String traceId) {

    private static final String DOCUMENT = "application/problem+json";
    private static final int UNAUTHENTICATED = 401;
    private static final int FAULTS = 500;
    private static final int UNAVAILABLE = 503;

    /** A place in the body and what is wrong there. */
    public record Place(String pointer, String detail) {}

    /** The problem of an answer whose status says that there is one. */
    static Problem of(Answer answer) {
        boolean isDocument = answer.header("Content-Type")
                .filter(type -> type.startsWith(DOCUMENT))
                .isPresent();
        return isDocument ? of(answer.status(), answer.json()) : bare(answer.status());
    }

    /** The problem that a document describes, as the items of a bulk answer have them. */
    public static Problem of(JsonNode document) {
        return of(document.path("status").asInt(), document);
    }

    private static Problem of(int status, JsonNode document) {
        List<Place> places = new ArrayList<>();
        document.path("errors")
                .forEach(one -> places.add(new Place(
                        one.path("pointer").asText(), one.path("detail").asText())));
        String type = document.path("type").asText();
        return new Problem(
                type.substring(type.lastIndexOf('/') + 1),
                status,
                document.path("title").asText("The call was refused"),
                document.path("detail").asText(),
                List.copyOf(places),
                document.path("traceId").asText());
    }

    private static Problem bare(int status) {
        return new Problem(
                "",
                status,
                "The answer is not one of Millrace",
                "Its status is " + status + ". Is there something else at this URL, or a proxy in between?",
                List.of(),
                "");
    }

    /** As people read it: what, then why, then each place. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(title + " (" + (type.isEmpty() ? "" : type + ", ") + status + ").");
        if (places.stream().noneMatch(place -> place.detail().equals(detail)) && !detail.isEmpty()) {
            lines.add("  " + detail);
        }
        places.forEach(place ->
                lines.add("  " + (place.pointer().isEmpty() ? "the body" : place.pointer()) + ": " + place.detail()));
        cure().ifPresent(cure -> lines.add("  " + cure));
        return lines;
    }

    private Optional<String> cure() {
        if (status == UNAUTHENTICATED) {
            return Optional.of("Set MILLRACE_TOKEN, or write the token into a profile: see 'ctl help'.");
        }
        return status >= FAULTS && status != UNAVAILABLE && !traceId.isEmpty()
                ? Optional.of("The log of the api has more under the trace id " + traceId + ".")
                : Optional.empty();
    }
}
