package dev.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

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

        assertThat(new Ledger(new Home(folder)).leftovers()).containsExactly(entry);
    }

    @Test
    void doesNotTakeAnotherProcessForItsOwn() {
        add("tail", Path.of("/dev/null"));
        assertThat(new Ledger(new Home(folder)).leftovers()).isEmpty();

        add("redis-server", folder);
        assertThat(new Ledger(new Home(folder)).leftovers()).isEmpty();
    }

    @Test
    void forgetsWhatHasEnded() {
        Ledger ledger = new Ledger(new Home(folder));
        ChildProcess process = waiting(folder);
        ledger.add(new Ledger.Entry(process.pid(), "tail", "waiter"));

        ledger.remove(process.pid());

        assertThat(ledger.leftovers()).isEmpty();
    }

    @Test
    void readsOverLinesThatAreDamaged() throws IOException {
        Ledger.Entry entry = add("tail", folder);
        Path file = folder.resolve("processes");
        Files.writeString(file, "\n-1 tail x\n99999999999999999999 tail x\nhalf\n" + Files.readString(file));

        assertThat(new Ledger(new Home(folder)).leftovers()).containsExactly(entry);
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
        return process;
    }
}
