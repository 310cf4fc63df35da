package dev.millrace.api.tasks;

/** The tables of the catalog cannot be reached. What is in memory stays; doing the same again is safe. */
public final class CatalogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogUnavailable(String why, Throwable cause) {
        super("The task catalog could not be read or written: " + why + ". Do it again.", cause);
    }
}
