package dev.millrace.worker.outbound;

/** The rules of this worker forbid the fetch, or what came back: trying again does not help. */
public final class OutboundRefused extends OutboundException {

    OutboundRefused(String message) {
        super(message, null);
    }
}
