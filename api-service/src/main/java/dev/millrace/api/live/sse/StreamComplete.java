package dev.millrace.api.live.sse;

/** A client came back that has received its job's end: it is answered 204, at which browsers stop reconnecting. */
public final class StreamComplete extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StreamComplete() {
        super("The client has received the end of the job.", null, false, false);
    }
}
