package dev.millrace.batch;

/** What was given can never be done, however often it is tried; nothing of it was done. The message says why. */
public class Unprocessable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Unprocessable(String message, Throwable cause) {
        super(message, cause);
    }
}
