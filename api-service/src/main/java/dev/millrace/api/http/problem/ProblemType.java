package dev.millrace.api.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of problems. A type keeps its name and its status for good: clients decide by them. */
public enum ProblemType {
    BAD_REQUEST(
            400,
            "The request cannot be read",
            "The address, a header, a query parameter or the body has a form that is not allowed.",
            "Correct what the detail names; the query parameters and headers of each call are listed at /q/openapi."),
    NOT_JSON(
            400,
            "The body is not JSON",
            "The body is not one JSON value in UTF-8.",
            "Look at the line and the column that the detail names; a body is sent without a byte order mark."),
    DUPLICATE_FIELD(
            400,
            "A field appears twice",
            "Two fields of an object have one name, so that one would be lost.",
            "Remove one of the fields that the pointer in errors names."),
    UNKNOWN_FIELD(
            400,
            "A field is unknown",
            "The body has a field that is not in the contract. It is not ignored, so that typing errors show.",
            "Remove the field that the pointer in errors names, or correct its name."),
    TOKEN_IN_ADDRESS(
            400,
            "A token stands in the address",
            "The path or the query has a token, which would be kept in logs, histories and proxies.",
            "Revoke that token. Show another one in the header Authorization, or open a session with it where a browser cannot."),
    UNAUTHENTICATED(
            401,
            "It is not known who asks",
            "The call needs a token, and has none, or one that is unknown, has expired or was revoked.",
            "Send a token behind 'Bearer ' in the header Authorization; an admin makes one with POST /api/v1/tokens."),
    FORBIDDEN(
            403,
            "Your role does not suffice",
            "The call needs a greater role than that of your token, or is for nobody.",
            "Ask an admin for a token of the role that the detail names; GET /api/v1/me tells yours."),
    CROSS_SITE(
            403,
            "Another site asks",
            "A page of another site had the browser make the call, or the browser does not say whose page it was.",
            "Call from a page of this service, show the token behind 'Bearer ', or name the origin in millrace.api.cors.credentials."),
    NOT_FOUND(
            404,
            "There is no such thing here",
            "The path, or what it names, does not exist, or is not yours.",
            "Check the path and the id; /q/openapi lists the paths."),
    METHOD_NOT_ALLOWED(
            405,
            "The method is not allowed",
            "The path exists, and is not for this method.",
            "Use one of the methods in the header Allow."),
    NOT_ACCEPTABLE(
            406,
            "No such representation",
            "What the header Accept asks for is not offered here.",
            "Accept application/json, or text/event-stream for events."),
    TOO_SLOW(
            408,
            "The body came too slowly",
            "The body of the request did not come to its end in time.",
            "Send it again, with the same Idempotency-Key if it has one."),
    CONFLICT(
            409,
            "The state does not allow it",
            "What is there already stands against the request.",
            "Read what is there, and decide again."),
    ID_TAKEN(
            409,
            "The id belongs to another job",
            "A job with this id and another body was accepted earlier.",
            "Choose another id, or leave it out."),
    STALE(
            412,
            "It has changed since",
            "The header If-Match names a version that is not the present one.",
            "Read it again, and decide again; then send the ETag that you have read."),
    TOO_LARGE(
            413,
            "Too large",
            "The body, or a part of it, is over its cap, which the detail names.",
            "Send less at a time; put large data elsewhere, and its address into the payload."),
    ADDRESS_TOO_LONG(
            414,
            "The address is too long",
            "Path and query have more than 8 KiB.",
            "Shorten the query, or put what it says into the body where there is one."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported media type",
            "The header Content-Type names no type that is read here, or the body has a Content-Encoding.",
            "Send application/json, for bulk calls application/x-ndjson too, and without compression."),
    INVALID(
            422,
            "The request is not valid",
            "It is well-formed, but something in it has a wrong type, range or name.",
            "Correct the places that errors lists; it lists all of them."),
    PAYLOAD_INVALID(
            422,
            "The payload does not fit",
            "The payload breaks the schema of its task.",
            "Compare it with the payloadSchema at /api/v1/tasks/<task>; errors lists the places."),
    UNKNOWN_TASK(
            422,
            "The task is unknown",
            "No worker has ever offered a task of this name.",
            "Correct the name, or start a worker that has the task first; /api/v1/tasks lists those that are known."),
    UNKNOWN_QUEUE(
            422,
            "The queue is unknown",
            "Nobody serves a queue of this name, so the job would wait forever.",
            "Correct the name or the route, or start a worker that serves the queue first."),
    GRAPH_INVALID(
            422,
            "The graph of the workflow is not valid",
            "A step, an edge or a reference of it breaks a rule, so that the workflow could not run to its end.",
            "Correct the places that errors lists; it lists all of them."),
    UNKNOWN_WORKFLOW(
            422,
            "The workflow is unknown",
            "Nobody has put, and no worker declares, a definition of this name, or it has no such version.",
            "Correct the name or the version; /api/v1/workflow-definitions lists those that there are."),
    NOT_AVAILABLE(
            422,
            "Not available yet",
            "The field or parameter is part of the contract, but this release cannot honour it.",
            "Leave it out, or use a release that can."),
    KEY_REUSED(
            422,
            "The key was used before",
            "The Idempotency-Key was sent with another body within 24 hours.",
            "Use a key of its own for each call, and send a repetition unchanged."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "More came within a time than you may send.",
            "Send it again after the seconds in Retry-After, a submit with the same Idempotency-Key, and send less at a time."),
    QUOTA_EXCEEDED(
            429,
            "More than your quota",
            "Your tenant has as much of something as it may have at a time; the detail says of what.",
            "Wait until some of it has ended, end some of it, or ask whoever runs the service for more."),
    HEADERS_TOO_LARGE(
            431,
            "The headers are too large",
            "All headers together have more than 16 KiB.",
            "Send fewer or shorter headers; cookies are not read here."),
    INTERNAL(
            500,
            "Our fault",
            "Something failed that should not.",
            "Tell whoever runs the service the traceId; its log says more. A submit may be repeated with its key."),
    UNAVAILABLE(
            503,
            "Not available now",
            "The service cannot reach what it needs, or has just been started. Nothing is lost.",
            "Send it again after the seconds in Retry-After, a submit with the same Idempotency-Key."),
    NO_REPLY(
            504,
            "No reply",
            "Who was told to do something has not replied in 5 seconds, and does not obey any more. Or it has obeyed, and its reply was lost.",
            "Look whether it lives and what it is like: GET /api/v1/workers/<id>. What may be done twice can be asked for again.");

    private final int status;
    private final String title;
    private final String description;
    private final String cure;

    ProblemType(int status, String title, String description, String cure) {
        this.status = status;
        this.title = title;
        this.description = description;
        this.cure = cure;
    }

    /** The general type of a status, for what the framework refuses. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> TOO_SLOW;
            case 409 -> CONFLICT;
            case 412 -> STALE;
            case 413 -> TOO_LARGE;
            case 414 -> ADDRESS_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> UNAVAILABLE;
            case 504 -> NO_REPLY;
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

    /** What causes it. */
    public String description() {
        return description;
    }

    /** What to do about it. */
    public String cure() {
        return cure;
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
