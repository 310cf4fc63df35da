package dev.millrace.ctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final String HOSTILE = "{\"a\":\"\u009b2J\"}";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aBodyIsExactInAPipe() {
        output(Terminal.none()).body(HOSTILE);

        assertThat(printed()).isEqualTo(HOSTILE + "\n");
    }

    @Test
    void aBodyIsHarmlessOnATerminal() {
        output(new Terminal(true, 24, 80)).body(HOSTILE);

        assertThat(printed()).isEqualTo("{\"a\":\"\\u009b2J\"}\n");
    }

    @Test
    void aStatusReplacesTheOneBeforeAndTheNextLineStandsBelow() {
        Output output = output(new Terminal(true, 24, 20));
        output.status("1 of 2");
        output.status("2 of 2, and a \u001b[31m message");
        output.line("done");

        assertThat(printed()).isEqualTo("\r\u001b[K1 of 2\r\u001b[K2 of 2, and a \\u00…\ndone\n");
    }

    @Test
    void aStatusIsALineInAPipe() {
        output(Terminal.none()).status("1 of 2");

        assertThat(printed()).isEqualTo("1 of 2\n");
    }

    @Test
    void aReaderThatIsGoneIsNoticed() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        Output output = new Output(broken, broken, Terminal.none(), false);
        output.line("x");

        assertThat(output.isClosed()).isTrue();
        assertThat(output(Terminal.none()).isClosed()).isFalse();
    }

    private Output output(Terminal terminal) {
        PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        return new Output(stream, stream, terminal, false);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
