package dev.millrace.proving.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {

    private static final int SHORT_MILLIS = 150;
    private static final int LONG_MILLIS = 20_000;

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Integer> carriedOut = new LinkedBlockingQueue<>();
    private final Time time;
    private final ServerSocket echo;
    private final FaultProxy link;

    FaultProxyTest() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        time = new Time(InstantSource.system(), System::nanoTime, wait -> {
            waits.add(wait);
            Thread.sleep(Math.min(wait.toMillis(), 20));
        });
        link = FaultProxy.to("echo", echo.getLocalPort(), new SplittableRandom(1), time);
    }

    @BeforeEach
    void serve() {
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> answer(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void answer(Socket socket) {
        try (socket) {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                carriedOut.add(b);
                socket.getOutputStream().write(b);
            }
        } catch (IOException broken) {
            // As the test wants it.
        }
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        try (Socket client = connected()) {
            assertThat(ask(client, 7)).isEqualTo(7);
            assertThat(link.connections()).isEqualTo(1);
        }
    }

    @Test
    void holdsEachPieceUpByTheDelayMoreOrLessTheJitter() throws IOException {
        try (Socket client = connected()) {
            link.trouble(new Trouble.Slow(Duration.ofMillis(200), Duration.ofMillis(100), 1_000));

            assertThat(ask(client, 7)).isEqualTo(7);
        }
        // A byte takes a millisecond at 1,000 a second.
        assertThat(waits)
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(wait -> wait.toMillis() >= 101 && wait.toMillis() <= 301);
    }

    @Test
    void endsConnectionsThatAreCutAndTakesNone() throws Exception {
        try (Socket client = connected()) {
            ask(client, 7);
            link.trouble(new Trouble.Cut());
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket another = connected()) {
            assertThat(another.getInputStream().read()).isEqualTo(-1);
        }
        link.trouble(Trouble.NONE);
        try (Socket later = connected()) {
            assertThat(ask(later, 8)).isEqualTo(8);
        }
    }

    @Test
    void keepsHalfOpenConnectionsAndLetsNothingPassUntilItIsOver() throws Exception {
        try (Socket client = connected()) {
            ask(client, 7);
            link.trouble(new Trouble.HalfOpen());
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> ask(client, 8)).isInstanceOf(SocketTimeoutException.class);
            assertThat(carriedOut).containsExactly(7);

            link.trouble(Trouble.NONE);
            client.setSoTimeout(LONG_MILLIS);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void takesNewConnectionsWhileHalfOpenAndAnswersThemLater() throws Exception {
        link.trouble(new Trouble.HalfOpen());
        try (Socket client = connected()) {
            client.getOutputStream().write(9);
            link.trouble(Trouble.NONE);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void losesAReplyAfterTheRequestWasCarriedOut() throws Exception {
        try (Socket client = connected()) {
            link.trouble(new Trouble.RepliesLost());
            assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketException.class);
        }
        assertThat(carriedOut.poll(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    void resetsConnectionsAndGoesOnWithNewOnes() throws Exception {
        try (Socket client = connected()) {
            ask(client, 7);
            link.reset();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket another = connected()) {
            assertThat(ask(another, 8)).isEqualTo(8);
        }
    }

    /**
     * The port is bound, so nobody else gets it, but nothing listens there. A listener that is closed while it accepts
     * may still take a connection that comes in that moment, and would never answer it.
     */
    @Test
    void endsAConnectionWhoseServerIsNotThere() throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (FaultProxy nowhere = FaultProxy.to("nowhere", bound.getLocalPort(), new SplittableRandom(1), time);
                    Socket client = connected(nowhere)) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private Socket connected() throws IOException {
        return connected(link);
    }

    private static Socket connected(FaultProxy link) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private static int ask(Socket client, int b) throws IOException {
        client.getOutputStream().write(b);
        return client.getInputStream().read();
    }
}
