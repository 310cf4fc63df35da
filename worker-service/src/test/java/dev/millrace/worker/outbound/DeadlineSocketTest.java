package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineSocketTest {

    /** The clock of the deadline stands still: as if a read's timeout were a little ahead of it. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private ServerSocket silent;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    @Test
    void saysOfAReadThatTheDeadlineCutShortThatItHasPassed() throws IOException {
        RequestDeadline deadline = deadline(Duration.ofMillis(50));

        Throwable failure = read(deadline, Duration.ofSeconds(30));

        assertThat(failure).isInstanceOf(RequestDeadline.Passed.class);
        assertThat(explained(failure, deadline)).contains("the time allowed for it is over");
    }

    @Test
    void saysOfOneThatWasSilentForTooLongThatItWas() throws IOException {
        RequestDeadline deadline = deadline(Duration.ofSeconds(30));

        Throwable failure = read(deadline, Duration.ofMillis(50));

        assertThat(failure).isInstanceOf(SocketTimeoutException.class).isNotInstanceOf(RequestDeadline.Passed.class);
        assertThat(explained(failure, deadline)).contains("silent for too long");
    }

    @Test
    void saysOfOneThatHasLessThanAMillisecondLeftThatItHasPassed() throws IOException {
        RequestDeadline deadline = deadline(Duration.ofNanos(999_999));

        Throwable failure = read(deadline, Duration.ofSeconds(30));

        assertThat(explained(failure, deadline)).contains("the time allowed for it is over");
    }

    private static RequestDeadline deadline(Duration left) {
        return new RequestDeadline(CLOCK, CLOCK.instant().plus(left));
    }

    private Throwable read(RequestDeadline deadline, Duration idle) throws IOException {
        try (Socket socket = new DeadlineSocket(deadline, idle)) {
            socket.connect(silent.getLocalSocketAddress());
            return catchThrowable(() -> socket.getInputStream().read());
        }
    }

    private static String explained(Throwable failure, RequestDeadline deadline) {
        return Failures.explain((Exception) failure, "reading", deadline).toString();
    }
}
