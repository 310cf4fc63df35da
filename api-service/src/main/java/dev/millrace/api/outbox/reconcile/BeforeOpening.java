package dev.millrace.api.outbox.reconcile;

/** What has to lie in a Redis that lost its data before anything may start there. */
@FunctionalInterface
public interface BeforeOpening {

    /** Puts it there. Redis is cold, and has the function library; what this throws keeps it cold, and it is called again. */
    void prepare();
}
