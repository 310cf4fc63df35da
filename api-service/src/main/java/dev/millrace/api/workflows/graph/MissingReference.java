package dev.millrace.api.workflows.graph;

/** A template names a place where nothing is, and says nothing that stands for it. */
public final class MissingReference extends Exception {

    private static final long serialVersionUID = 1L;

    MissingReference(Pointer place) {
        super("There is nothing at " + place + ", and no default.");
    }

    MissingReference(String message) {
        super(message);
    }
}
