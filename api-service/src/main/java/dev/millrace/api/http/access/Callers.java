package dev.millrace.api.http.access;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells who is calling. */
@ApplicationScoped
public class Callers {

    private static final Caller LOCAL = new Caller("default");

    /** The caller of the current request. */
    public Caller current() {
        return LOCAL;
    }
}
