package dev.millrace.ctl.terminal;

import java.io.PrintStream;
import java.util.List;

/** Standard output and standard error of a verb. Everything is cleaned on its way; nothing gets past that. */
public final class Output {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private Terminal terminal;
    private boolean lineIsOpen;
    private volatile boolean onOwnScreen;

    /** @param json whether answers are wanted as they came, instead of tables */
    public Output(PrintStream out, PrintStream err, Terminal terminal, boolean json) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.json = json;
    }

    /** Whether answers are wanted as they came. */
    public boolean json() {
        return json;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** A line of text, however long. */
    public void line(String text) {
        closeLine();
        out.print(Plain.line(text) + "\n");
        out.flush();
    }

    /** Text of any number of lines. */
    public void text(String text) {
        closeLine();
        String clean = Plain.lines(text);
        out.print(clean.endsWith("\n") ? clean : clean + "\n");
        out.flush();
    }

    /** A table, cut to the terminal. */
    public void table(Table table) {
        closeLine();
        table.lines(terminal.columns()).forEach(line -> out.print(line + "\n"));
        out.flush();
    }

    /** JSON as it came, on a line of its own. On a terminal, what it would obey is escaped, which is the same JSON. */
    public void body(String body) {
        closeLine();
        String text = terminal.interactive() ? Plain.json(body) : body;
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** A line that the next one of this kind replaces on a terminal; elsewhere a line as all others. */
    public void status(String text) {
        if (!terminal.interactive()) {
            line(text);
            return;
        }
        out.print("\r\u001b[K" + Plain.cut(Plain.line(text), terminal.columns() - 1));
        out.flush();
        lineIsOpen = true;
    }

    /** Lines that fill the screen from its top, in the place of those before; elsewhere below them. */
    public void screen(List<String> lines) {
        terminal = terminal.again();
        if (!terminal.interactive()) {
            lines.forEach(this::line);
            return;
        }
        StringBuilder screen = new StringBuilder("\u001b[H");
        lines.stream()
                .limit(terminal.rows() - 1L)
                .forEach(line -> screen.append(Plain.cut(Plain.line(line), terminal.columns()))
                        .append("\u001b[K\n"));
        out.print(screen.append("\u001b[J"));
        out.flush();
    }

    /** Goes to a screen of its own on a terminal, which {@link #leaveScreen} leaves with all as it was. */
    public void enterScreen() {
        if (terminal.interactive()) {
            onOwnScreen = true;
            out.print("\u001b[?1049h\u001b[?25l");
            out.flush();
        }
    }

    /** Said again, it does nothing. */
    public void leaveScreen() {
        if (onOwnScreen) {
            onOwnScreen = false;
            out.print("\u001b[?25h\u001b[?1049l");
            out.flush();
        }
    }

    /** A line on standard error: what people are told beside the answer. */
    public void note(String text) {
        closeLine();
        err.print(Plain.line(text) + "\n");
        err.flush();
    }

    /** Whether nobody reads any more, as behind {@code | head}. */
    public boolean isClosed() {
        return out.checkError();
    }

    private void closeLine() {
        if (lineIsOpen) {
            out.print("\n");
            lineIsOpen = false;
        }
    }
}
