package dev.millrace.api.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of problems. A type keeps its name and its status for good: clients decide by them. */
public enum ProblemType {
    BAD_REQUEST(400, "The request cannot be read", "A header, a parameter or the body has a form that is not allowed."),
    NOT_JSON(400, "The body is not JSON", "The body is to be JSON in UTF-8. The detail says where it ceases to be."),
    DUPLICATE_FIELD(400, "A field appears twice", "Two fields of an object have one name, so that one would be lost."),
    UNKNOWN_FIELD(400, "A field is unknown", "Fields that are not in the contract are refused, so that typos show."),
    NOT_FOUND(404, "There is no such thing here", "The path, or what it names, does not exist, or is not yours."),
    METHOD_NOT_ALLOWED(405, "The method is not allowed", "OPTIONS tells the methods of this path in the header Allow."),
    NOT_ACCEPTABLE(406, "No such representation", "What the header Accept asks for is not offered here."),
    CONFLICT(409, "The state does not allow it", "What is there already stands against the request."),
    ID_TAKEN(409, "The id belongs to another job", "A job with this id and another body was accepted earlier."),
    TOO_LARGE(413, "Too large", "The body, or a part of it, is over its cap. The detail names the cap."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The header Content-Type names no type that is read here."),
    INVALID(422, "The request is not valid", "It is well-formed, but of a wrong type, range or name: see errors."),
    PAYLOAD_INVALID(422, "The payload does not fit", "The payload breaks the schema of its task: see errors."),
    UNKNOWN_TASK(422, "The task is unknown", "No worker has offered a task of this name."),
    UNKNOWN_QUEUE(422, "The queue is unknown", "Nobody serves a queue of this name."),
    NOT_AVAILABLE(422, "Not available yet", "The field is part of the contract, but this release cannot honour it."),
    KEY_REUSED(422, "The key was used before", "The Idempotency-Key was sent with another body within 24 hours."),
    INTERNAL(500, "Our fault", "Something failed that should not. The log has it under the traceId."),
    UNAVAILABLE(503, "Not available now", "Nothing is lost; send it again with the same Idempotency-Key.");

    private final int status;
    private final String title;
    private final String description;

    ProblemType(int status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** The general type of a status, for what the framework refuses. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }

    public static Optional<ProblemType> named(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    /** The last segment of the type's address, in lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type's address, relative to this server. */
    public String uri() {
        return "/problems/" + label();
    }
}
