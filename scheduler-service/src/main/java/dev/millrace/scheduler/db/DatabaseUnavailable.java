package dev.millrace.scheduler.db;

/**
 * PostgreSQL could not be asked, or gave no answer. Of a commit that ended so it is not known whether it took effect; what
 * is written here may be written again.
 */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
