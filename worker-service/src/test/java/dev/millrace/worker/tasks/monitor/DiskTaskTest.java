package dev.millrace.worker.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.task.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskTaskTest {

    private final DiskTask task = new DiskTask();

    @TempDir
    Path folder;

    @Test
    void tellsHowMuchRoomThereIs() throws IOException {
        DiskRoom room = task.look(new DiskCheck(folder.toString(), 0.0, 1L));

        assertThat(room.path()).isEqualTo(folder.toString());
        assertThat(room.totalBytes()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(room.freeBytes()).isPositive().isLessThanOrEqualTo(room.totalBytes());
        assertThat(room.freePercent()).isBetween(0.0, 100.0);
    }

    @Test
    void roundsWhatIsFreeDown() {
        assertThat(DiskRoom.of("/", 3, 2).freePercent()).isEqualTo(66.6);
        assertThat(DiskRoom.of("/", 1_000_000, 999_999).freePercent()).isEqualTo(99.9);
        assertThat(DiskRoom.of("/", 7, 7).freePercent()).isEqualTo(100.0);
    }

    @Test
    void looksAtTheWorkersFolderUnlessTold() throws IOException {
        assertThat(task.look(new DiskCheck(null, null, null)).path())
                .isEqualTo(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void failsForGoodBelowALimitAndSaysBoth() {
        assertThatThrownBy(() -> task.look(new DiskCheck(folder.toString(), null, Long.MAX_VALUE)))
                .isInstanceOf(BeyondLimit.class)
                .isInstanceOf(PermanentFailure.class)
                .hasMessageMatching(
                        ".* has [\\d,]+ bytes free, less than the 9,223,372,036,854,775,807 that are to be\\.");
        assertThat(new DiskCheck(null, 10.0, null).complaint(new DiskRoom("/x", 1_000, 99, 9.9)))
                .contains("/x has 9.9 % free, less than the 10.0 % that are to be.");
        assertThat(new DiskCheck(null, 10.0, 100L).complaint(new DiskRoom("/x", 1_000, 100, 10.0)))
                .isEmpty();
    }

    @Test
    void doesNotTellWhetherAFileIsThere() throws IOException {
        Path file = Files.createFile(folder.resolve("secret"));

        DiskRoom there = task.look(new DiskCheck(file.toString(), null, null));
        DiskRoom notThere = task.look(new DiskCheck(folder.resolve("no/such").toString(), null, null));

        assertThat(notThere.totalBytes()).isEqualTo(there.totalBytes());
    }

    @Test
    void saysWhatIsNoDisk() {
        Path noDisk = Path.of("/proc/self");
        assumeTrue(Files.exists(noDisk));

        assertThatThrownBy(() -> task.look(new DiskCheck(noDisk.toString(), null, null)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("/proc/self lies on no disk, but on 'proc'.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void refusesShares(double percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiskCheck(null, percent, null))
                .withMessage("minFreePercent is %s: it must be from 0 to 100.", percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"var/lib", "", "C:\\data", "/a\0b"})
    void refusesPathsThatAreNotAbsolute(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiskCheck(path, null, null))
                .withMessageContaining("no absolute path");
    }

    @Test
    void refusesLessThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiskCheck(null, null, -1L))
                .withMessage("minFreeBytes is -1: it must be 0 or more.");
    }
}
