package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** Where Linux begins to choose ports for connections; others begin later. */
    private static final int FIRST_OF_CONNECTIONS = 32_768;

    @Test
    void givesDifferentPortsWhichNoConnectionIsGiven() {
        List<Integer> ports = Ports.free(200);

        assertThat(ports).hasSize(200).doesNotHaveDuplicates().allMatch(port -> port < FIRST_OF_CONNECTIONS);
        assertThat(ports).doesNotContain(Ports.free());
    }

    @Test
    void passesOverWhatIsTaken() throws IOException {
        int next = Ports.free() + 1;
        try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.free()).isNotEqualTo(taken.getLocalPort());
            assertThatThrownBy(() -> Ports.orFree(next, "a test"))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + next + " for a test is taken");
        }
    }
}
