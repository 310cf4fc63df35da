package dev.millrace.worker.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** Says in one sentence why an exchange broke, without what the other side sent. */
final class Failures {

    private Failures() {}

    static OutboundException explain(Exception failure, String doing, RequestDeadline deadline) {
        return failure instanceof OutboundException known
                ? known
                : new OutboundFailed("Failed while %s: %s.".formatted(doing, reason(failure, deadline)), failure);
    }

    private static String reason(Exception failure, RequestDeadline deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return "the run was interrupted";
        }
        if (deadline.hasPassed()) {
            return "the time allowed for it is over";
        }
        return switch (failure) {
            case SocketTimeoutException e -> "the other side was silent for too long";
            case UnknownHostException e -> "the name has no address";
            case ConnectException e -> "the connection was refused";
            case SSLException e -> "TLS failed, most often because the certificate is not trusted or not for this name";
            case ZipException e -> "its gzip data is broken";
            case IOException e -> "the connection broke off before the end";
            default -> "the answer is not valid HTTP";
        };
    }
}
