package dev.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void refusesADiskWithTooLittleRoom() {
        assertThatThrownBy(() -> new Home(folder).prepare(Long.MAX_VALUE))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("MB left")
                .hasMessageContaining("MILLRACE_HOME");
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new Home(file.resolve("home")).prepare(0))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Cannot write to " + file.resolve("home"));
    }

    @Test
    void leavesNothingOfItsProbe() throws IOException {
        new Home(folder).prepare(0);

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("logs", "samples");
        }
    }

    @Test
    void isLockedByOneAtATime() {
        Home home = new Home(folder);
        HomeLock first = HomeLock.take(home);

        assertThatThrownBy(() -> HomeLock.take(home))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        first.close();
        HomeLock.take(home).close();
    }
}
