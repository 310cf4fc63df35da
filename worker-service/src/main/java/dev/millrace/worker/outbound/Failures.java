package dev.millrace.worker.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Says in one sentence why an exchange broke, without what the other side sent. */
final class Failures {

    private static final String BROKE_OFF = "the connection broke off before the end";

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
        if (failure instanceof RequestDeadline.Passed || deadline.hasPassed()) {
            return "the time allowed for it is over";
        }
        return switch (failure) {
            case SocketTimeoutException e -> "the other side was silent for too long";
            case UnknownHostException e -> "the name has no address";
            case ConnectException e -> "the connection was refused";
            case SSLException e -> "TLS failed, most often because the certificate is not trusted or not for this name";
            case ZipException e -> "its gzip or deflate data is broken, or other data follows it";
            case MessageConstraintException e ->
                "it has more than %d fields, or a line of more than %d bytes"
                        .formatted(Connection.MAX_FIELDS, Connection.MAX_LINE);
            case TruncatedChunkException e -> BROKE_OFF;
            case MalformedChunkCodingException e -> "its chunks are not valid HTTP";
            case IOException e -> BROKE_OFF;
            default -> "the answer is not valid HTTP";
        };
    }
}
