package dev.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final Duration TICK = Duration.ofMillis(5);

    @TempDir
    Path folder;

    private final List<ChildProcess> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(ChildProcess::kill);
    }

    @Test
    void findsAProcessOfThisHomeAgain() {
        Ledger.Entry entry = add("tail", folder);

        assertThat(new Ledger(new Home(folder)).running()).containsExactly(entry);
    }

    @Test
    void doesNotTakeAnotherProcessForItsOwn() {
        add("tail", Path.of("/dev/null"));
        assertThat(new Ledger(new Home(folder)).running()).isEmpty();

        add("redis-server", folder);
        assertThat(new Ledger(new Home(folder)).running()).isEmpty();
    }

    @Test
    void tellsItsLauncherFromAnotherThatBeganLater() {
        Ledger.Entry entry = add("tail", folder);
        Ledger ledger = new Ledger(new Home(folder));

        assertThat(ledger.runningOf(ProcessHandle.current().pid())).containsExactly(entry);
        assertThat(ledger.runningOf(entry.pid())).isEmpty();
    }

    @Test
    void forgetsWhatHasEnded() {
        Ledger ledger = new Ledger(new Home(folder));
        ChildProcess process = waiting(folder);
        ledger.add(new Ledger.Entry(process.pid(), "tail", "waiter"));

        ledger.remove(process.pid());

        assertThat(ledger.running()).isEmpty();
    }

    @Test
    void readsOverLinesThatAreDamaged() throws IOException {
        Ledger.Entry entry = add("tail", folder);
        Path file = folder.resolve("processes");
        Files.writeString(file, "\n-1 tail x\n99999999999999999999 tail x\nhalf\n" + Files.readString(file));

        assertThat(new Ledger(new Home(folder)).running()).containsExactly(entry);
    }

    private Ledger.Entry add(String program, Path named) {
        Ledger.Entry entry = new Ledger.Entry(waiting(named).pid(), program, "a name");
        new Ledger(new Home(folder)).add(entry);
        return entry;
    }

    // A process that waits for ever and has a path in its command line.
    private ChildProcess waiting(Path named) {
        List<String> command = List.of("tail", "-f", "/dev/null", named.toString());
        ChildProcess process = ChildProcess.start("waiter", command, Map.of(), line -> {});
        started.add(process);
        awaitIts(process, "tail");
        return process;
    }

    // It is another program's at first, which is then replaced.
    private static void awaitIts(ChildProcess process, String program) {
        while (!CommandLines.of(process.pid()).startsWith(program)) {
            assertThat(process.endsWithin(TICK)).isFalse();
        }
    }
}
