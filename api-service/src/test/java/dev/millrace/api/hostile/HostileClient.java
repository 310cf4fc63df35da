package dev.millrace.api.hostile;

import dev.millrace.api.contract.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one hostile request after the other, on one connection for as long as the server lets it. */
final class HostileClient implements AutoCloseable {

    private final int port;
    private @Nullable RawClient connection;

    HostileClient(int port) {
        this.port = port;
    }

    /** The answer; one of status {@link HostileRequest#CLOSED} if the server closed the connection instead. */
    Answer exchange(HostileRequest request) throws IOException {
        RawClient old = connection;
        if (old != null && request.framed()) {
            try {
                return exchange(old, request);
            } catch (EOFException | SocketException ended) {
                // The server may close a connection between two requests.
                close();
            }
        }
        close();
        return onFreshConnection(request);
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private Answer onFreshConnection(HostileRequest request) throws IOException {
        RawClient fresh = new RawClient(port);
        connection = fresh;
        try {
            return exchange(fresh, request);
        } catch (EOFException | SocketException ended) {
            close();
            return new Answer(request.method(), request.path(), HostileRequest.CLOSED, "", Map.of("", List.of()), "");
        }
    }

    private Answer exchange(RawClient client, HostileRequest request) throws IOException {
        client.send(request.bytes());
        if (!request.framed()) {
            client.endSending();
        }
        Answer answer = client.receive(request.method(), request.path());
        if (!request.framed() || answer.type().equals("text/event-stream")) {
            close();
        }
        return answer;
    }
}
