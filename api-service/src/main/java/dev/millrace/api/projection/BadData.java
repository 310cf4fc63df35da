package dev.millrace.api.projection;

/** PostgreSQL will never take these changes; nothing of them was written. */
final class BadData extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadData(String message, Throwable cause) {
        super(message, cause);
    }
}
