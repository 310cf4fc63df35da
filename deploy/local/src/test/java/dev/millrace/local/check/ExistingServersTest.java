package dev.millrace.local.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExistingServersTest {

    @Test
    void refusesARedisThatIsTooOld() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread redis = Thread.ofPlatform().start(() -> answerOnce(listening, "redis_version:6.2.14\r\n"));

            assertThatThrownBy(() -> ExistingRedis.check("redis://127.0.0.1:" + listening.getLocalPort()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is 6.2.14, and Millrace needs 7.0 or later");
            redis.join();
        }
    }

    @Test
    void refusesServersThatAreNotThereAndNeverShowsPasswords() {
        int port = Ports.free();

        assertThatThrownBy(() -> ExistingRedis.check("redis://:s3cret@127.0.0.1:" + port))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("127.0.0.1:" + port + " (REDIS_URL) does not answer")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> ExistingPostgres.check("postgresql://me:s3cret@127.0.0.1:" + port + "/jobs"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("127.0.0.1:" + port + "/jobs (DATABASE_URL) does not let us in")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAddressesThatAreNone() {
        assertThatThrownBy(() -> ExistingRedis.check("localhost:6379"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("redis://[user:password@]host:port");
        assertThatThrownBy(() -> ExistingPostgres.check("jdbc:postgresql://localhost/jobs"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("postgresql://user:password@host:port/database");
    }

    private static void answerOnce(ServerSocket listening, String info) {
        try (Socket socket = listening.accept()) {
            socket.getInputStream().read();
            String answer = "$" + info.length() + "\r\n" + info + "\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
