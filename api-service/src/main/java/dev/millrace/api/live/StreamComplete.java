package dev.millrace.api.live;

/** A client came back that was told of its job's end: it is answered 204, on which browsers stop coming back. */
final class StreamComplete extends RuntimeException {

    private static final long serialVersionUID = 1;

    StreamComplete() {
        super("There is nothing more to tell.", null, false, false);
    }
}
